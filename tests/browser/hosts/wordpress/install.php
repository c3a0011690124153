<?php
// Installs WordPress at the address given, with the plugin active and one page by an author who may
// write no HTML of their own.

[ , $address, $guide ] = $argv;
$_SERVER['HTTP_HOST']  = parse_url( $address, PHP_URL_HOST ) . ':' . parse_url( $address, PHP_URL_PORT );

define( 'WP_INSTALLING', true );
define( 'WP_SITEURL', $address );
require __DIR__ . '/wordpress.php';

mysqli_report( MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT );
$database = new mysqli( null, DB_USER, DB_PASSWORD, null, 0, "$folder/database.sock" );
$database->query( 'CREATE DATABASE ' . DB_NAME );

require ABSPATH . 'wp-settings.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

// Nobody is written to.
function wp_new_blog_notification() {}

wp_install( 'A clinic', 'admin', 'admin@clinic.example', false, '', 'test' );
update_option( 'home', $address );
update_option( 'stylesheet', 'plain' );
update_option( 'template', 'plain' );
update_option( 'active_plugins', array( 'migraine-guide/migraine-guide.php' ) );
update_option( 'migraine_guide_address', $guide );
$author = wp_insert_user(
	array(
		'user_login' => 'author',
		'user_pass'  => 'test',
		'role'       => 'contributor',
	)
);
$page   = array(
	'post_type'   => 'page',
	'post_status' => 'publish',
	'post_author' => $author,
	'post_title'  => 'Migraine',
);
echo json_encode(
	array(
		'shortcode' => wp_insert_post( $page + array( 'post_content' => '[migraine_guide sections="assessment"]' ) ),
		'block'     => wp_insert_post(
			$page + array( 'post_content' => '<!-- wp:migraine-guide/guide {"sections":"schedule","theme":"calm"} /-->' )
		),
	)
);
