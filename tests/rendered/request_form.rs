//! The form of the appointment request: controls, labels, and what is asked beside a choice.

use guide_core::request::form::Field;
use scraper::ElementRef;

use crate::html::{all, attribute, content, guide, only, text};

/// Fields that have no row in "Check your request": consent is a condition of it, and "for somebody else"
/// is said by the name in the next row.
const WITHOUT_ROW: [Field; 2] = [Field::Consent, Field::ForAnother];

/// Fields that the guide does not ask: for a single location, and for what stands on another page.
const NOT_IN_GUIDE: [Field; 2] = [Field::Location, Field::IncludeMatters];

#[test]
fn every_field_has_a_control_and_a_row_with_a_link_to_change_it() {
    let page = guide(&content());
    for field in Field::ALL.iter().filter(|it| !NOT_IN_GUIDE.contains(it)) {
        let id = field.id();
        let controls = all(&page, &format!("#request-form [name={id}]"));
        assert!(!controls.is_empty(), "{id}");
        assert_eq!(attribute(controls[0], "id"), format!("request-{id}"));
        let rows = all(&page, &format!("#request-row-{id}")).len();
        let changes = all(&page, &format!("#request-check [data-action='change {id}']")).len();
        let expected = usize::from(!WITHOUT_ROW.contains(field));
        // Back leads to the name, too.
        let back = usize::from(*field == Field::Name);
        assert_eq!((rows, changes), (expected, expected + back), "{id}");
    }
}

/// As the style sheet hides them: together, in an element of their own.
#[test]
fn fields_of_one_reason_lie_in_one_element_with_no_other() {
    let page = guide(&content());
    for (reason, class) in [
        (Field::ForAnother, "for-another"),
        (Field::ContactBy, "by-phone"),
        (Field::Coverage, "insurance"),
        (Field::Policyholder, "other-policyholder"),
        (Field::Needs, "interpreter"),
    ] {
        let element = only(&page, &format!("#request-form .{class}"));
        let is_within = |name: &str| {
            let control = all(&page, &format!("#request-form [name={name}]"))[0];
            control.ancestors().filter_map(ElementRef::wrap).any(|it| it == element)
        };
        for field in Field::ALL.iter().filter(|it| !NOT_IN_GUIDE.contains(it)) {
            let mut by = field.reason();
            // A reason may have a reason of its own.
            while let Some((other, _)) = by.filter(|(other, _)| *other != reason) {
                by = other.reason();
            }
            assert_eq!(is_within(field.id()), by.is_some(), "{class}: {}", field.id());
        }
    }
    // A reason that is chosen by a value has a control with that value.
    for field in Field::ALL {
        let Some((reason, values)) = field.reason() else { continue };
        for value in values {
            only(&page, &format!("#request-form [name={}][value={value}]", reason.id()));
        }
    }
}

#[test]
fn the_first_line_asks_for_whom_it_is() {
    let page = guide(&content());
    let controls = all(&page, "#request-form :is(input, textarea)");
    assert_eq!(attribute(controls[0], "name"), "for-another");
    assert!(controls[0].attr("checked").is_none());
}

#[test]
fn a_preferred_time_stands_open_and_rare_fields_are_folded() {
    let page = guide(&content());
    for open in ["earliest", "days", "times"] {
        assert!(all(&page, &format!("#request-form details [name={open}]")).is_empty(), "{open}");
        only(&page, &format!("#request-form fieldset.preferred #request-{open}"));
    }
    for folded in ["coverage", "date-of-birth", "needs", "needs-words"] {
        only(&page, &format!("#request-form details:not([open]) #request-{folded}"));
    }
}

#[test]
fn a_message_names_the_practice_only_if_the_box_is_ticked() {
    let page = guide(&content());
    let control = only(&page, "#request-message-ok");
    assert!(control.attr("checked").is_none());
    let hint = attribute(control, "aria-describedby").split(' ').next().expect("a hint");
    assert!(text(only(&page, &format!("[id='{hint}']"))).contains("number to call back"));
}
