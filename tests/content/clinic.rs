//! Mistakes in `clinic.toml`.

use crate::copy::Copy;
use crate::keys::{checked, with_expiring_key};

const FILE: &str = "clinic.toml";

#[test]
fn a_telephone_number_that_nobody_can_dial() {
    for (phone, reason) in [
        ("", "nothing is dialed by an empty number"),
        (" ", "nothing is dialed by an empty number"),
        ("972-555-0123 ext. 12", "an extension is not dialed"),
        ("972-555-0123 x12", "an extension is not dialed"),
        ("972-555-0123 #12", "an extension is not dialed"),
        ("972-555-0123 (front desk)", "write the number alone"),
        ("1-800-KETAMINE", "write the number alone"),
        ("555-0123", "ten digits"),
        ("972-555-0123 / 972-555-0124", "ten digits"),
        ("972-555-012", "ten digits"),
        ("123-456-7890", "ten digits"),
        ("000-000-0000", "ten digits"),
        ("+44 (0)20 7946 0000", "leave out (0)"),
        ("+12", "ten digits"),
    ] {
        let copy = Copy::new();
        copy.spoil(FILE, "# phone = \"\"", &format!("phone = \"{phone}\""));
        copy.expect(FILE, "phone = ", reason);
    }
}

#[test]
fn telephone_numbers_that_can_be_dialed() {
    for (phone, tel) in [
        ("972-555-0123", "tel:9725550123"),
        ("(972) 555-0123", "tel:9725550123"),
        ("972.555.0123", "tel:9725550123"),
        ("972\u{a0}555\u{2011}0123", "tel:9725550123"),
        ("1 972 555 0123", "tel:19725550123"),
        ("+1 972 555 0123", "tel:+19725550123"),
        ("+44 20 7946 0000", "tel:+442079460000"),
    ] {
        let copy = Copy::new();
        copy.spoil(FILE, "# phone = \"\"", &format!("phone = \"{phone}\""));
        let clinic = copy.read().clinic;
        assert_eq!(clinic.locations[0].tel().as_deref(), Some(tel));
    }
}

#[test]
fn a_base_address_that_is_none() {
    for (address, reason) in [
        ("https://guide example.org/", "no blanks"),
        ("https://guide.example.org/our guide/", "no blanks"),
        (" https://guide.example.org/", "no blanks"),
        ("https://guide.example.org", "end with a slash"),
        ("http://guide.example.org/", "begin with https://"),
        ("guide.example.org/", "begin with https://"),
        ("https:///guide/", "not the address of a site"),
        ("https://guide,example.org/", "not the address of a site"),
        ("https://guide/", "not the address of a site"),
        ("https://guide..org/", "not the address of a site"),
        ("https://someone@guide.example.org/", "not the address of a site"),
        ("https://guide.example.org/?from=mail/", "not the address of a site"),
        ("https://guide.example.org/#top/", "not the address of a site"),
        ("https://Guide.Example.org/", "write it as https://guide.example.org/"),
        ("https://guide.example.org:443/", "write it as https://guide.example.org/"),
        ("https://guide.example.org//", "write it as https://guide.example.org/"),
        (
            "https://guide.example.org/our//guide/",
            "write it as https://guide.example.org/our/guide/",
        ),
    ] {
        let copy = Copy::new();
        copy.spoil(FILE, "https://guide.example.org/", address);
        copy.expect(FILE, "base-address = ", reason);
    }
}

#[test]
fn links_are_followed_where_the_base_address_is_wrong() {
    let copy = Copy::new();
    copy.spoil(FILE, "https://guide.example.org/", "https://guide example.org/").spoil(
        "en/guide.md",
        "(articles/what-ketamine-is/)",
        "(articles/what-is-it/)",
    );
    let found = copy.mistakes();
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found.iter().any(|it| it.2.contains("leads nowhere")), "{found:#?}");
}

#[test]
fn an_endpoint_with_blanks() {
    for endpoint in ["/v1/our requests", "/v1/requests?from=guide", "/v1/../requests"] {
        let copy = Copy::new();
        copy.spoil(FILE, "\"/v1/requests\"", &format!("\"{endpoint}\""));
        copy.expect(FILE, "endpoint = ", "must be a path");
    }
}

#[test]
fn an_endpoint_that_intake_does_not_serve() {
    for endpoint in ["/api", "/v1/request", "/v1/requests/", "/v1//requests", "/"] {
        let copy = Copy::new();
        copy.spoil(FILE, "\"/v1/requests\"", &format!("\"{endpoint}\""));
        copy.expect(FILE, "endpoint = ", "intake takes requests at /v1/requests");
    }
    // A proxy may take away what stands before it.
    let copy = Copy::new();
    copy.spoil(FILE, "\"/v1/requests\"", "\"/guide/v1/requests\"");
    copy.read();
}

#[test]
fn texts_that_were_emptied() {
    for (from, to, at) in [
        ("\"NorTex Psychiatry\"", "\"\"", "name = \"\""),
        ("# address = \"\"", "address = \"\"", "address = \"\""),
        ("# hours = \"\"", "hours = \" \"", "hours = "),
        ("\"Dallas\"", "\"\"", "serves = "),
        ("\"Brittany Huckaby, PHNP\"", "\"\"", "name = \"\""),
    ] {
        let copy = Copy::new();
        copy.spoil(FILE, from, to);
        copy.expect(FILE, at, "this text is empty");
    }
}

#[test]
fn days_and_times_that_stand_twice() {
    let copy = Copy::new();
    copy.spoil(FILE, "\"mon\", \"tue\"", "\"mon\", \"mon\"");
    copy.expect(FILE, "days = ", "stands twice");
    let copy = Copy::new();
    copy.spoil(FILE, "times = [\"morning\",", "times = [\"afternoon\",");
    copy.expect(FILE, "times = ", "stands twice");
}

#[test]
fn a_clinic_that_names_no_towns_says_nothing_about_them() {
    let copy = Copy::new();
    copy.spoil(FILE, "serves = [\"Allen\", \"McKinney\", \"Frisco\", \"Dallas\"]\n", "");
    let content = copy.read();
    let html = migraine_guide::pages::render(
        &content,
        &content.guide,
        migraine_guide::content::routes::Kind::Guide,
    )
    .expect("rendered");
    assert!(!html.contains("Serving"), "the foot of the page serves nobody");
}

#[test]
fn two_locations_that_patients_cannot_tell_apart() {
    let copy = Copy::new();
    let other = "[[locations]]\nid = \"frisco\"\nname = \"Allen, Texas\"\n\n[[clinicians]]";
    copy.spoil(FILE, "[[clinicians]]", other);
    let found = copy.mistakes();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].2.contains("two locations are called \"Allen, Texas\""), "{found:#?}");
}

#[test]
fn a_time_zone_without_a_summer_time() {
    for zone in ["EST", "CST", "UTC", "Etc/GMT+6"] {
        let copy = Copy::new();
        copy.spoil(FILE, "America/Chicago", zone);
        copy.expect(FILE, "time-zone = ", "use a name such as America/Chicago");
    }
}

#[test]
fn a_contact_for_weaknesses_that_nobody_can_reach_or_that_is_past() {
    let security = |contact: &str, expires: &str| {
        let copy = Copy::new();
        let entry = format!("[security]\ncontact = \"{contact}\"\nexpires = \"{expires}\"\n\n");
        let places = "[[locations]]\nid";
        copy.spoil("clinic.toml", places, &[&entry, places].concat());
        copy
    };
    for contact in ["security@example.org", "http://example.org", "mailto: me"] {
        let words = "write how to reach you, such as mailto:security@example.org";
        security(contact, "2027-11-30").expect("clinic.toml", "contact = ", words);
    }
    let copy = security("mailto:security@example.org", "2026-11-01");
    with_expiring_key(&copy, "\"2999-12-31\"");
    let (code, said) = checked(&copy);
    assert_eq!(code, Some(1));
    assert!(said.contains("clinic.toml") && said.contains("this day is past"), "{said}");
}
