<?php
/**
 * Plugin Name: Migraine guide
 * Description: Shows the migraine guide in your pages: as a block, or with the shortcode [migraine_guide].
 * Version: 1.2.0
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
 * Attributes of the element, each with the function that makes it safe and adds to its second argument
 * what an author should know. The address is not among them: it is not for authors to say where a
 * script is loaded from.
 *
 * @return array<string, callable(string, string[]): string>
 */
function migraine_guide_attributes(): array {
	$words = static function ( array $known, int $most ): callable {
		return static function ( string $value, array &$notices ) use ( $known, $most ): string {
			$words = preg_split( '/[\s,]+/', strtolower( $value ), -1, PREG_SPLIT_NO_EMPTY );
			$words = $words ? $words : array();
			foreach ( array_diff( $words, $known ) as $word ) {
				/* translators: 1: a word that an author wrote, 2: the words that there are. */
				$notices[] = sprintf( __( '“%1$s” is not known here. There are: %2$s.', 'migraine-guide' ), $word, implode( ', ', $known ) );
			}
			return implode( ' ', array_slice( array_intersect( $known, $words ), 0, $most ) );
		};
	};
	$text  = static function ( string $value, array &$notices ): string { // phpcs:ignore Generic.CodeAnalysis.UnusedFunctionParameter.FoundAfterLastUsed
		return sanitize_text_field( $value );
	};
	return array(
		'sections'   => $words( array( 'article', 'links', 'assessment', 'schedule', 'recent' ), 5 ),
		'theme'      => $words( array( 'auto', 'light', 'dark', 'calm' ), 1 ),
		'accent'     => $text,
		'lang'       => $text,
		'location'   => static function ( string $value, array &$notices ): string {
			$value = sanitize_text_field( $value );
			if ( preg_match( '/[^a-z0-9-]/', $value ) ) {
				/* translators: %s: what an author wrote. */
				$notices[] = sprintf( __( '“%s” is no id of a location, so none is chosen. The page /embed/ of the guide writes the id: choose the location there.', 'migraine-guide' ), $value );
			}
			return $value;
		},
		'events'     => $words( array( 'assessment-complete', 'submitted' ), 2 ),
		'title'      => $text,
		'max-height' => 'migraine_guide_sanitize_height',
	);
}

/**
 * A height in whole pixels, as the element takes it; empty where it is none.
 *
 * @param string   $value   What an author wrote: "800", "800px", "1,200".
 * @param string[] $notices What the author should know.
 */
function migraine_guide_sanitize_height( string $value, array &$notices ): string {
	$value = trim( $value );
	// Thousands are parted in many ways.
	$digits = preg_replace( '/(?<=\d)[,.\s\'’\x{a0}\x{202f}](?=\d{3}(?!\d))/u', '', $value );
	if ( preg_match( '/^(\d+)(\.\d*)?\s*(px)?$/i', (string) $digits, $found ) && (int) $found[1] > 0 ) {
		return (string) (int) $found[1];
	}
	if ( '' !== $value ) {
		/* translators: %s: what an author wrote. */
		$notices[] = sprintf( __( '“%s” is no height in pixels, so the guide is as high as it needs to be. Write a number such as 800.', 'migraine-guide' ), $value );
	}
	return '';
}

/**
 * The element, for the shortcode and the block alike.
 *
 * @param array<string, mixed>|string $given   What an author chose; WordPress gives '' for nothing.
 * @param string[]                    $notices What the author should know already.
 */
function migraine_guide_element( $given, array $notices ): string {
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
		$value = is_scalar( $value ) ? $sanitize( (string) $value, $notices ) : '';
		if ( '' !== $value ) {
			$html .= ' ' . $name . '="' . esc_attr( $value ) . '"';
		}
	}
	return migraine_guide_notices( $notices ) . $html . '><a href="' . esc_url( $address ) . '">'
		. esc_html__( 'Open the migraine guide', 'migraine-guide' ) . '</a></migraine-guide>';
}

/**
 * Notices above the element, for those alone who can edit the page that is shown.
 *
 * @param string[] $notices In plain text.
 */
function migraine_guide_notices( array $notices ): string {
	$post = get_the_ID();
	// Outside of a post, as in a widget, whoever edits the theme writes it.
	$can_edit = $post ? current_user_can( 'edit_post', $post ) : current_user_can( 'edit_theme_options' );
	if ( ! $notices || ! $can_edit ) {
		return '';
	}
	$html = '<div class="migraine-guide-notice"><p><strong>'
		. esc_html__( 'Migraine guide: only you and others who can edit this page see this.', 'migraine-guide' )
		. '</strong></p><ul>';
	foreach ( $notices as $notice ) {
		$html .= '<li>' . esc_html( $notice ) . '</li>';
	}
	return $html . '</ul></div>';
}

/**
 * The block.
 *
 * @param array<string, mixed> $attributes What an author chose.
 */
function migraine_guide_render_block( $attributes ): string {
	return migraine_guide_element( $attributes, array() );
}

/**
 * The shortcode, where an author may write anything.
 *
 * @param array<int|string, string>|string $given WordPress gives '' for nothing.
 */
function migraine_guide_render_shortcode( $given ): string {
	$names   = array_keys( migraine_guide_attributes() );
	$names   = array_merge( $names, str_replace( '-', '_', $names ) );
	$notices = array();
	foreach ( is_array( $given ) ? $given : array() as $name => $value ) {
		// What stands there without a name has a number.
		$word = is_int( $name ) ? $value : $name;
		if ( ! in_array( $name, $names, true ) ) {
			$notices[] = sprintf(
				/* translators: 1: a word that an author wrote, 2: an example of a shortcode, 3: the names that there are. */
				__( '“%1$s” has no effect. Write %2$s, with any of: %3$s.', 'migraine-guide' ),
				$word,
				'[migraine_guide sections="assessment schedule"]',
				implode( ', ', str_replace( '-', '_', array_keys( migraine_guide_attributes() ) ) )
			);
		}
	}
	return migraine_guide_element( $given, $notices );
}

/**
 * Reads the shortcode where its quotes are curly: a word processor, and some editors, write “…” for
 * "…", which WordPress takes for a part of the value.
 *
 * @param false|string                     $output    What another plugin made of it.
 * @param string                           $tag       Name of the shortcode.
 * @param array<int|string, string>|string $given     As WordPress reads it.
 * @param string[]                         $shortcode The match of WordPress's pattern: the third group is what is given.
 * @return false|string
 */
function migraine_guide_read_curly_quotes( $output, string $tag, $given, array $shortcode ) {
	if ( false !== $output || 'migraine_guide' !== $tag ) {
		return $output;
	}
	$text = preg_replace_callback(
		'/&(?:#8\d{3}|(?:[lrb]d|[lr]s|sb)quo|prime);/i',
		static function ( array $entity ): string {
			return html_entity_decode( $entity[0], ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		},
		$shortcode[3]
	);
	$text = preg_replace(
		array( '/=\s*[“”„″]([^“”„″"]*)[“”″]/u', '/=\s*[‘’‚′]([^‘’‚′\']*)[‘’′]/u' ),
		array( '="$1"', "='$1'" ),
		(string) $text
	);
	// None where the text is no UTF-8: then it stays as it is.
	if ( null === $text || $text === $shortcode[3] ) {
		return $output;
	}
	return migraine_guide_render_shortcode( shortcode_parse_atts( $text ) );
}
add_filter( 'pre_do_shortcode_tag', 'migraine_guide_read_curly_quotes', 10, 4 );

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
		'1.2.0',
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
			'render_callback' => 'migraine_guide_render_block',
		)
	);
	add_shortcode( 'migraine_guide', 'migraine_guide_render_shortcode' );
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
