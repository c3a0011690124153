<?php
// One request to the site, for PHP's own server.

if ( '/record.js' === $_SERVER['SCRIPT_NAME'] ) {
	header( 'Content-Type: text/javascript' );
	readfile( dirname( __DIR__ ) . '/record.js' );
	return;
}

require __DIR__ . '/wordpress.php';
define( 'WP_USE_THEMES', true );
require ABSPATH . 'wp-settings.php';
wp();
require ABSPATH . WPINC . '/template-loader.php';
