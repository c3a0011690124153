<?php
/**
 * Plugin Name: Migraine guide
 * Description: Shows the migraine guide in your pages: as a block, or with the shortcode [migraine_guide].
 * Version: 1.0.0
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: GPL-2.0-or-later
 * License URI: https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain: migraine-guide
 *
 * The guide runs in a frame of its own address, so that no other plugin of this site can see what is
 * typed there. This plugin writes one element and one script tag; it stores nothing but the guide's
 * address, which only an administrator can set: a script is loaded from there.
 *
 * @package migraine-guide
 */

defined( 'ABSPATH' ) || exit;

/** Name of the option that holds where the guide is served. */
const MIGRAINE_GUIDE_ADDRESS = 'migraine_guide_address';

/**
 * Where the guide is served, with its last slash; empty while nobody has set it.
 */
function migraine_guide_address(): string {
	$address = (string) get_option( MIGRAINE_GUIDE_ADDRESS, '' );
	return '' === $address ? '' : trailingslashit( $address );
}

/**
 * An address as it may be stored: https alone, since a script is loaded from there.
 *
 * @param mixed $address What an administrator entered.
 */
function migraine_guide_sanitize_address( $address ): string {
	$address = esc_url_raw( trim( (string) $address ), array( 'https' ) );
	return '' === $address ? '' : trailingslashit( $address );
}

/**
 * What may be asked of the guide, each with what makes it safe. The address is not among them: it
 * is not for authors to say where a script is loaded from.
 *
 * @return array<string, callable(string): string>
 */
function migraine_guide_attributes(): array {
	$one_of = static function ( array $known ): callable {
		return static function ( string $value ) use ( $known ): string {
			$words = preg_split( '/[\s,]+/', strtolower( $value ), -1, PREG_SPLIT_NO_EMPTY );
			return implode( ' ', array_intersect( $known, $words ? $words : array() ) );
		};
	};
	return array(
		'sections'   => $one_of( array( 'article', 'links', 'assessment', 'schedule', 'recent' ) ),
		'theme'      => $one_of( array( 'auto', 'light', 'dark', 'calm' ) ),
		'accent'     => 'sanitize_text_field',
		'lang'       => 'sanitize_text_field',
		'location'   => 'sanitize_text_field',
		'title'      => 'sanitize_text_field',
		'max-height' => static function ( string $value ): string {
			$height = (int) $value;
			return $height > 0 ? (string) $height : '';
		},
	);
}

/**
 * The element, for the shortcode and the block alike.
 *
 * @param array<string, mixed>|string $given What an author chose; WordPress gives '' for nothing.
 */
function migraine_guide_render( $given ): string {
	$address = migraine_guide_address();
	if ( '' === $address ) {
		if ( ! current_user_can( 'manage_options' ) ) {
			return '';
		}
		return '<p><a href="' . esc_url( admin_url( 'options-general.php?page=migraine-guide' ) ) . '">'
			. esc_html__( 'Say where the migraine guide is served', 'migraine-guide' ) . '</a></p>';
	}
	wp_enqueue_script( 'migraine-guide' );
	$html = '<migraine-guide src="' . esc_url( $address ) . '"';
	foreach ( migraine_guide_attributes() as $name => $sanitize ) {
		// A shortcode's attributes cannot hold a hyphen.
		$value = is_array( $given ) ? ( $given[ $name ] ?? $given[ str_replace( '-', '_', $name ) ] ?? '' ) : '';
		$value = is_scalar( $value ) ? $sanitize( (string) $value ) : '';
		if ( '' !== $value ) {
			$html .= ' ' . $name . '="' . esc_attr( $value ) . '"';
		}
	}
	return $html . '><a href="' . esc_url( $address ) . '">'
		. esc_html__( 'Open the migraine guide', 'migraine-guide' ) . '</a></migraine-guide>';
}

/**
 * The script's tag: a module, left alone by plugins that join, delay or move scripts.
 *
 * @param string $tag    As WordPress writes it.
 * @param string $handle Which script it is.
 * @param string $src    Where it is.
 */
function migraine_guide_script_tag( string $tag, string $handle, string $src ): string {
	if ( 'migraine-guide' !== $handle ) {
		return $tag;
	}
	return '<script type="module" src="' . esc_url( $src ) . '" data-cfasync="false" data-no-optimize="1"'
		. ' data-no-defer="1" data-noptimize="1" nowprocket></script>' . "\n";
}
add_filter( 'script_loader_tag', 'migraine_guide_script_tag', 10, 3 );

/**
 * Names the guide in the head of every page, where no author can write: the script then frames no
 * other, whatever address stands in an element of an author's.
 */
function migraine_guide_meta(): void {
	$address = migraine_guide_address();
	if ( '' !== $address ) {
		echo '<meta name="migraine-guide" content="' . esc_url( $address ) . '">' . "\n";
	}
}
add_action( 'wp_head', 'migraine_guide_meta', 1 );

/**
 * Makes script, shortcode and block known.
 */
function migraine_guide_init(): void {
	// The guide's own server says how long it may be kept: no version is added.
	wp_register_script( 'migraine-guide', migraine_guide_address() . 'embed.js', array(), null, true ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters.MissingVersion
	wp_register_script(
		'migraine-guide-block',
		plugins_url( 'block.js', __FILE__ ),
		array( 'wp-blocks', 'wp-block-editor', 'wp-components', 'wp-element', 'wp-i18n' ),
		'1.0.0',
		true
	);
	$attributes = array();
	foreach ( array_keys( migraine_guide_attributes() ) as $name ) {
		$attributes[ $name ] = array(
			'type'    => 'string',
			'default' => '',
		);
	}
	register_block_type(
		'migraine-guide/guide',
		array(
			'api_version'     => 2,
			'editor_script'   => 'migraine-guide-block',
			'attributes'      => $attributes,
			'render_callback' => 'migraine_guide_render',
		)
	);
	add_shortcode( 'migraine_guide', 'migraine_guide_render' );
}
add_action( 'init', 'migraine_guide_init' );

/**
 * The one setting, for administrators.
 */
function migraine_guide_admin_init(): void {
	register_setting(
		'migraine-guide',
		MIGRAINE_GUIDE_ADDRESS,
		array(
			'type'              => 'string',
			'sanitize_callback' => 'migraine_guide_sanitize_address',
			'default'           => '',
		)
	);
}
add_action( 'admin_init', 'migraine_guide_admin_init' );

/**
 * Its page in the menu.
 */
function migraine_guide_admin_menu(): void {
	$title = __( 'Migraine guide', 'migraine-guide' );
	add_options_page( $title, $title, 'manage_options', 'migraine-guide', 'migraine_guide_settings_page' );
}
add_action( 'admin_menu', 'migraine_guide_admin_menu' );

/**
 * The page. WordPress's options.php checks the nonce and the capability again when it is sent.
 */
function migraine_guide_settings_page(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	?>
	<div class="wrap">
		<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
		<form method="post" action="options.php">
			<?php settings_fields( 'migraine-guide' ); ?>
			<p>
				<label for="migraine-guide-address"><?php esc_html_e( 'Where the guide is served', 'migraine-guide' ); ?></label><br>
				<input type="url" class="regular-text" id="migraine-guide-address" required pattern="https://.*"
					name="<?php echo esc_attr( MIGRAINE_GUIDE_ADDRESS ); ?>"
					value="<?php echo esc_attr( migraine_guide_address() ); ?>"
					placeholder="https://guide.example.org/" aria-describedby="migraine-guide-address-hint">
			</p>
			<p class="description" id="migraine-guide-address-hint">
				<?php esc_html_e( 'It begins with https://. Whoever runs that server must allow this site to show the guide (frame-ancestors).', 'migraine-guide' ); ?>
			</p>
			<?php submit_button(); ?>
		</form>
	</div>
	<?php
}
