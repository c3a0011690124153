<!doctype html>
<html <?php language_attributes(); ?>>
<head>
<meta charset="utf-8">
<script src="/record.js"></script>
<?php wp_head(); ?>
</head>
<body>
<?php
while ( have_posts() ) {
	the_post();
	the_content();
}
wp_footer();
?>
</body>
</html>
