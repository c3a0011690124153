// The block in the editor: its options in the sidebar, and what it will show. No build step: this
// file is what WordPress loads.
(function (blocks, blockEditor, components, element, i18n) {
  "use strict";
  var el = element.createElement;
  var __ = i18n.__;

  var sections = {
    article: __("Article", "migraine-guide"),
    links: __("Quick links", "migraine-guide"),
    assessment: __("Self-assessment", "migraine-guide"),
    schedule: __("Appointment request", "migraine-guide"),
    recent: __("Recent articles", "migraine-guide"),
  };
  var themes = [
    { value: "", label: __("As the reader's device", "migraine-guide") },
    { value: "light", label: __("Light", "migraine-guide") },
    { value: "dark", label: __("Dark", "migraine-guide") },
    { value: "calm", label: __("Calm", "migraine-guide") },
  ];
  var texts = {
    accent: __("Color of links and buttons", "migraine-guide"),
    location: __("Id of the location that is chosen already", "migraine-guide"),
    events: __("What your site hears of", "migraine-guide"),
    title: __("Name of the frame for screen readers", "migraine-guide"),
    "max-height": __("At most so many pixels high", "migraine-guide"),
    lang: __("Language", "migraine-guide"),
  };
  var hints = {
    accent: __("As #0b5394. One that cannot be read on the background is not used.", "migraine-guide"),
    location: __("The page /embed/ of the guide writes the id: choose the location there.", "migraine-guide"),
    events: __(
      "Best left empty: statistics and advertising tags hear it too. Otherwise assessment-complete, submitted, or both.",
      "migraine-guide"
    ),
    "max-height": __("A number such as 800; then the guide scrolls inside.", "migraine-guide"),
  };

  function chosen(attributes) {
    return attributes.sections ? attributes.sections.split(" ") : Object.keys(sections);
  }

  blocks.registerBlockType("migraine-guide/guide", {
    apiVersion: 2,
    title: __("Migraine guide", "migraine-guide"),
    description: __("The migraine guide, or parts of it.", "migraine-guide"),
    category: "embed",
    icon: "welcome-learn-more",
    supports: { html: false },
    edit: function (props) {
      var attributes = props.attributes;
      var set = function (name) {
        return function (value) {
          var change = {};
          change[name] = value;
          props.setAttributes(change);
        };
      };
      var boxes = Object.keys(sections).map(function (name) {
        return el(components.CheckboxControl, {
          key: name,
          label: sections[name],
          checked: chosen(attributes).indexOf(name) >= 0,
          // Without one, all would be shown.
          disabled: chosen(attributes).join() === name,
          onChange: function (on) {
            var now = chosen(attributes).filter(function (it) {
              return it !== name;
            });
            if (on) now.push(name);
            set("sections")(now.length === Object.keys(sections).length ? "" : now.join(" "));
          },
        });
      });
      var theme = el(components.SelectControl, {
        label: __("Theme", "migraine-guide"),
        value: attributes.theme,
        options: themes,
        onChange: set("theme"),
      });
      var fields = Object.keys(texts).map(function (name) {
        return el(components.TextControl, {
          key: name,
          label: texts[name],
          help: hints[name],
          value: attributes[name],
          onChange: set(name),
        });
      });
      var shown = chosen(attributes)
        .map(function (name) {
          return sections[name];
        })
        .join(", ");
      return el(
        "div",
        blockEditor.useBlockProps(),
        el(
          blockEditor.InspectorControls,
          null,
          el(components.PanelBody, { title: __("What is shown", "migraine-guide") }, boxes),
          el(components.PanelBody, { title: __("How it looks", "migraine-guide") }, theme, fields)
        ),
        // The guide itself is not loaded while a page is written.
        el(components.Placeholder, {
          icon: "welcome-learn-more",
          label: __("Migraine guide", "migraine-guide"),
          instructions: shown,
        })
      );
    },
    // Written by the server, see migraine_guide_render.
    save: function () {
      return null;
    },
  });
})(window.wp.blocks, window.wp.blockEditor, window.wp.components, window.wp.element, window.wp.i18n);
