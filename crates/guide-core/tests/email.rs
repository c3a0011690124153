//! Slips in the domain of an e-mail address.

use guide_core::request::email::suggestion;

#[test]
fn one_slip_from_a_common_domain_is_offered_a_correction() {
    let slips = [
        ("ana@gmial.com", "ana@gmail.com"),
        ("ana@gmai.com", "ana@gmail.com"),
        ("ana@gmaill.com", "ana@gmail.com"),
        ("ana@gnail.com", "ana@gmail.com"),
        ("ana@gmail.con", "ana@gmail.com"),
        ("ana@gmail.co", "ana@gmail.com"),
        ("ana@Yaho.com", "ana@yahoo.com"),
        ("ana@hotmial.com", "ana@hotmail.com"),
        ("ana@outlok.com", "ana@outlook.com"),
        ("ana@icloud.cm", "ana@icloud.com"),
        ("Ana.Ruiz+x@comcast.met", "Ana.Ruiz+x@comcast.net"),
    ];
    for (typed, meant) in slips {
        assert_eq!(suggestion(typed).as_deref(), Some(meant), "{typed}");
    }
}

#[test]
fn what_may_well_be_meant_is_left_alone() {
    let meant = [
        "ana@gmail.com",
        "ana@GMAIL.com",
        "ana@ymail.com",
        "ana@mail.com",
        "ana@nortex.org",
        "ana@me.co",
        "ana@mac.org",
        "ana@tail.com",
        "@gmial.com",
        "gmial.com",
        "",
    ];
    for typed in meant {
        assert_eq!(suggestion(typed), None, "{typed}");
    }
}
