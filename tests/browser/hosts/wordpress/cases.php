<?php
// What the plugin makes of what authors may write, read from standard input as a list of texts, and
// what it lets whom do; printed as JSON.

$_SERVER['HTTP_HOST'] = 'clinic.example';
require __DIR__ . '/wordpress.php';
require ABSPATH . 'wp-settings.php';
require ABSPATH . 'wp-admin/includes/admin.php';

$texts    = json_decode( stream_get_contents( STDIN ) );
$rendered = array_map( static fn( $text ) => apply_filters( 'the_content', $text ), $texts );
$page     = get_posts( array( 'post_type' => 'page' ) )[0];
$seen_by  = static function ( string $login ) use ( $texts, $page ): array {
	$GLOBALS['post'] = $page;
	wp_set_current_user( '' === $login ? 0 : get_user_by( 'login', $login )->ID );
	$seen = array_map( static fn( $text ) => apply_filters( 'the_content', $text ), $texts );
	wp_set_current_user( 0 );
	unset( $GLOBALS['post'] );
	return $seen;
};
$by_editor      = $seen_by( 'admin' );
$by_contributor = $seen_by( 'author' );
$tag      = static function (): string {
	ob_start();
	wp_scripts()->do_items( 'migraine-guide' );
	return ob_get_clean();
};
$settings = static function ( int $user ): string {
	wp_set_current_user( $user );
	ob_start();
	migraine_guide_settings_page();
	return ob_get_clean();
};
$head     = static function (): string {
	ob_start();
	migraine_guide_meta();
	return ob_get_clean();
};
$GLOBALS['title'] = 'Migraine guide';
migraine_guide_admin_init();
$script       = $tag();
$named        = $head();
$admin        = get_user_by( 'login', 'admin' )->ID;
$contributor  = get_user_by( 'login', 'author' )->ID;
$stored       = array_map(
	static fn( $address ) => sanitize_option( 'migraine_guide_address', $address ),
	array( 'https://guide.example.org', 'http://guide.example.org/', 'javascript:alert(1)', '"><script>alert(1)</script>', '' )
);
$for_admin    = $settings( $admin );
$for_others   = $settings( $contributor );
update_option( 'migraine_guide_address', '' );
$unset_named = $head();
wp_set_current_user( $admin );
$unset_for_admin = do_shortcode( '[migraine_guide]' );
wp_set_current_user( $contributor );
$unset_for_others = do_shortcode( '[migraine_guide]' );

echo json_encode( compact( 'rendered', 'by_editor', 'by_contributor', 'script', 'named', 'unset_named', 'stored', 'for_admin', 'for_others', 'unset_for_admin', 'unset_for_others' ) );
