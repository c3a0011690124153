<?php
/**
 * Leaves nothing behind.
 *
 * @package migraine-guide
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'migraine_guide_address' );
