//! Links to patients: whatever was typed, a link reaches one person or is none.

use clinic_core::contact::{Dial, Template, call, email, text};
use guide_core::request::reference::Reference;
use proptest::prelude::*;
use url::Url;
use uuid::Builder;

const TEMPLATE: Template<'_> =
    Template { subject: "Your request {reference}", body: "Hello,\n\nplease call us: {reference}" };

fn reference() -> Reference {
    Reference::of(&Builder::from_random_bytes([1; 16]).into_uuid())
}

fn mail(address: &str) -> Option<String> {
    email(address, &TEMPLATE, reference())
}

/// The recipients of a link as a mail program reads them: decoded, and split where programs split.
fn recipients(link: &str) -> Vec<String> {
    let url = Url::parse(link).unwrap();
    let path = percent_encoding::percent_decode_str(url.path()).decode_utf8().unwrap();
    path.split([',', ';', ' ', '<', '>', '(', '"']).map(str::to_owned).collect()
}

/// The headers of a link by name.
fn headers(link: &str) -> Vec<(String, String)> {
    let url = Url::parse(link).unwrap();
    let query = url.query().unwrap().split('&');
    let decoded =
        |part: &str| percent_encoding::percent_decode_str(part).decode_utf8().unwrap().into_owned();
    query
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

#[test]
fn numbers_are_dialed_with_their_country_code() {
    for typed in ["(972) 555-0100", "+1 972.555.0100", "1-972-555-0100", "9725550100"] {
        let dial = call(typed).unwrap();
        assert_eq!((&*dial.link, dial.extension), ("tel:+19725550100", None), "{typed}");
    }
    let Dial { link, extension } = call("972 555 0100 ext. 22").unwrap();
    assert_eq!((&*link, extension.as_deref()), ("tel:+19725550100", Some("22")));
    assert_eq!(format!("{:?}", call("9725550100").unwrap()), "Dial(…)");
}

#[test]
fn what_is_no_number_of_a_patient_is_not_dialed() {
    for typed in [
        "",
        "911",
        "(911) 555-0100",
        "+1 411 555 0100",
        "972-911-0100",
        "900-555-0100",
        "172 555 0100",
        "972 155 0100",
        "+49 30 1234567",
        "*72 972 555 0100",
        "9725550100;phone-context=evil.example",
        "9725550100,,,1",
        "9725550100%2C1",
        "javascript:alert(1)//9725550100",
        "9725550100\n9725550101",
    ] {
        assert_eq!(call(typed), None, "{typed:?}");
        assert_eq!(text(typed, &TEMPLATE, reference()), None, "{typed:?}");
    }
}

#[test]
fn a_text_message_names_the_reference_alone() {
    let link = text("(972) 555-0100", &TEMPLATE, reference()).unwrap();
    let body = format!("Hello%2C%0D%0A%0D%0Aplease%20call%20us%3A%20{}", reference());
    assert_eq!(link, format!("sms:+19725550100?&body={body}"));
    assert_eq!(text("972 555 0100 x22", &TEMPLATE, reference()), None);
}

#[test]
fn an_email_names_the_reference_alone() {
    let link = mail("zoe.o'brien+x@mail.example").unwrap();
    let message = "Hello%2C%0D%0A%0D%0Aplease%20call%20us%3A%20";
    let reference = reference();
    assert_eq!(
        link,
        format!(
            "mailto:zoe.o%27brien%2Bx@mail.example?subject=Your%20request%20{reference}&body={message}{reference}"
        )
    );
    assert_eq!(
        mail("zoë@bücher.example").unwrap().split_once('?').unwrap().0,
        "mailto:zo%C3%AB@b%C3%BCcher.example"
    );
}

#[test]
fn a_subject_has_one_line() {
    let template = Template { subject: "Request\r\nBcc: a@b.example", body: "" };
    let link = email("ana@mail.example", &template, reference()).unwrap();
    assert_eq!(headers(&link)[0].1, "Request  Bcc: a@b.example");
}

#[test]
fn addresses_that_could_say_more_get_no_link() {
    for typed in [
        "",
        "ana",
        "@mail.example",
        "ana@",
        "ana@example",
        "ana@mail..example",
        "ana@-mail.example",
        "ana@mail.example,eve@evil.example",
        "ana@mail.example;eve@evil.example",
        "ana,eve@evil.example",
        "ana;eve@evil.example",
        "ana@mail.example?bcc=eve@evil.example",
        "ana?bcc=eve@evil.example",
        "ana&bcc=eve@evil.example",
        "ana%3Fbcc%3Deve@evil.example",
        "ana%2Ceve@evil.example",
        "ana%0D%0ABcc:eve@evil.example",
        "ana\r\nBcc: eve@evil.example",
        "Ana <ana@mail.example>",
        "\"ana\"@mail.example",
        "ana@mail.example#x",
        "ana/eve@mail.example",
        "ana@mail.example\u{202e}",
        "ana\u{200b}@mail.example",
        "ana@[127.0.0.1]",
        "ana=x@mail.example",
        "javascript:alert(1)//ana@mail.example",
    ] {
        assert_eq!(mail(typed), None, "{typed:?}");
    }
    assert_eq!(mail(&format!("{}@mail.example", "x".repeat(254))), None);
}

proptest! {
    #[test]
    fn whatever_is_typed_a_link_has_one_recipient_and_two_headers(
        typed in prop_oneof![
            any::<String>(),
            "[\\PC\r\n]{0,20}@[\\PC]{0,10}\\.[a-z]{2,5}",
            "[a-z,;?&=%<>\" ]{1,12}@[a-z.,;?&]{1,8}\\.com",
        ]
    ) {
        let Some(link) = mail(&typed) else { return Ok(()) };
        prop_assert_eq!(recipients(&link), [typed]);
        let headers = headers(&link);
        let names: Vec<&str> = headers.iter().map(|(name, _)| &**name).collect();
        prop_assert_eq!(names, ["subject", "body"]);
        prop_assert_eq!(&headers[0].1, &format!("Your request {}", reference()));
    }

    #[test]
    fn whatever_is_typed_a_call_goes_to_eleven_digits(
        typed in prop_oneof![any::<String>(), "[0-9+ ().,;*#x-]{7,18}"]
    ) {
        if let Some(Dial { link, extension }) = call(&typed) {
            let digits = link.strip_prefix("tel:+1").unwrap();
            prop_assert!(digits.len() == 10 && digits.bytes().all(|it| it.is_ascii_digit()));
            let fits = extension.is_none_or(|it| it.bytes().all(|byte| byte.is_ascii_digit()));
            prop_assert!(fits);
        }
    }
}
