<?php
// A real WordPress with the plugin of public/wordpress, its database and content in the folder
// $WORDPRESS_FOLDER. Included by the scripts beside it; `$WORDPRESS` is where WordPress itself is.

$folder = getenv( 'WORDPRESS_FOLDER' );

define( 'ABSPATH', getenv( 'WORDPRESS' ) . '/' );
define( 'DB_HOST', "localhost:$folder/database.sock" );
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'WP_CONTENT_DIR', "$folder/content" );
define( 'WP_PLUGIN_DIR', dirname( __DIR__, 4 ) . '/public/wordpress' );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'AUTH_KEY', 'for tests' );
define( 'SECURE_AUTH_KEY', 'for tests' );
define( 'LOGGED_IN_KEY', 'for tests' );
define( 'NONCE_KEY', 'for tests' );

$table_prefix = 'wp_';

// Every notice about the plugin is a failure; those about WordPress itself are not ours.
set_error_handler(
	static function ( int $kind, string $message, string $file ): bool {
		if ( str_contains( $file, '/migraine-guide/' ) ) {
			throw new ErrorException( $message, 0, $kind, $file );
		}
		return true;
	}
);
