//! Connections of some clients while others hold theirs.

use std::fs::File;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::num::NonZeroU32;
use std::time::Duration;

use intake::min_rate::{MinRate, MinRateStream};
use intake::server::admission::{Admission, Admitted, Place, Refusal};
use intake::server::occupancy::Occupancy;
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

use crate::harness::clinic::{request, request_id};
use crate::harness::http::{self, connect_from, read_response};
use crate::harness::service::{Plan, Service};
use crate::harness::wait_for;

/// More than the system takes of a response that nobody reads.
const LARGE: u64 = 64 << 20;

fn with(settings: &[(&str, &str)]) -> Service {
    let mut plan = Plan::new();
    let site = plan.folder.path().join("dist");
    std::fs::create_dir(&site).unwrap();
    File::create(site.join("large.bin")).unwrap().set_len(LARGE).unwrap();
    plan.set("site", site.display().to_string());
    for (setting, word) in settings {
        plan.set(setting, *word);
    }
    plan.start()
}

/// Asks for the large file, and reads no more than the beginning of the response.
fn read_slowly(mut stream: TcpStream, headers: &[(&str, &str)]) -> TcpStream {
    stream.write_all(http::head("GET", "/large.bin", headers).as_bytes()).unwrap();
    stream.read_exact(&mut [0; 15]).unwrap();
    stream
}

fn ask(stream: TcpStream, path: &str) -> http::Response {
    ask_for(stream, &http::head("GET", path, &[]))
}

fn ask_for(mut stream: TcpStream, head: &str) -> http::Response {
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    read_response(stream)
}

#[test]
fn slow_readers_of_one_address_lock_nobody_out() {
    let service = with(&[
        ("trusted_proxies", "none"),
        ("connections", "8"),
        ("connections_per_address", "4"),
    ]);
    let (one, other) = (Ipv4Addr::new(127, 0, 0, 2), Ipv4Addr::new(127, 0, 0, 3));
    let connect = |from| connect_from(from, service.address);
    let held: Vec<_> = (0..4).map(|_| read_slowly(connect(one), &[])).collect();
    for _ in 0..4 {
        let mut refused = connect(one);
        let _ = refused.write_all(http::head("GET", "/", &[]).as_bytes());
        assert!(!matches!(refused.read(&mut [0; 1]), Ok(1..)), "it has its share");
    }
    assert_eq!(ask(connect(other), "/healthz").status, 200);
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    assert_eq!(service.send(&id.to_string(), &envelope).status, 201);
    let metrics = service.operate("/metrics");
    let refused = r#"intake_refused_connections_total{reason="address"} 4"#;
    assert!(metrics.text().lines().any(|line| line == refused), "{}", metrics.text());
    drop(held);
}

#[test]
fn slow_readers_behind_a_proxy_have_a_share_of_their_own() {
    let service = with(&[("connections_per_address", "2")]);
    let slow = [("X-Forwarded-For", "198.51.100.1")];
    let connect = || TcpStream::connect(service.address).unwrap();
    let held = [read_slowly(connect(), &slow), read_slowly(connect(), &slow)];
    let refused = service.get("/v1", &slow);
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("2")));
    assert_eq!(service.get("/healthz", &slow).status, 200);
    assert_eq!(service.get("/v1", &[("X-Forwarded-For", "198.51.100.2")]).status, 404);
    assert_eq!(service.get("/v1", &[]).status, 404);
    drop(held);
    // As soon as the service has seen that they went away.
    while service.get("/v1", &slow).status == 429 {}
}

#[test]
fn while_all_connections_are_in_use_health_is_answered() {
    let service = with(&[("connections", "3")]);
    let connect = || TcpStream::connect(service.address).unwrap();
    let mut held: Vec<_> = (0..3).map(|_| read_slowly(connect(), &[])).collect();
    assert_eq!(ask(connect(), "/healthz").status, 200);
    let id = request_id(1);
    let envelope = service.plan.clinic.seal(request(id));
    let busy = service.send(&id.to_string(), &envelope);
    assert_eq!((busy.status, busy.header("retry-after")), (503, Some("2")));
    held.pop();
    // As soon as the service has seen that it went away.
    while service.send(&id.to_string(), &envelope).status == 503 {}
}

fn admission(connections: &str) -> Admission {
    let mut plan = Plan::new();
    plan.set("connections", connections);
    Admission::new(&plan.settings())
}

fn admitted(admission: &Admission, peer: &str) -> Place {
    match admission.admit(peer.parse().unwrap()) {
        Ok(Admitted::Now(place)) => place,
        other => panic!("{other:?}"),
    }
}

#[test]
fn whoever_is_far_waits_for_a_place_and_the_reserve_stays_for_who_is_near() {
    let admission = admission("1");
    wait_for(async {
        tokio::time::pause();
        let first = admitted(&admission, "198.51.100.1");
        let queued = || match admission.admit("198.51.100.2".parse().unwrap()) {
            Ok(Admitted::Queued(queued)) => queued.place(std::future::pending()),
            other => panic!("{other:?}"),
        };
        let waiting = tokio::spawn(queued());
        for near in ["127.0.0.1", "10.0.0.1", "172.20.0.1", "::ffff:192.168.0.1", "fd00::1"] {
            assert!(admitted(&admission, near).is_reserve, "{near}");
        }
        assert!(!first.is_reserve);
        drop(first);
        let second = waiting.await.unwrap().unwrap();
        assert!(!second.is_reserve);
        // Nobody leaves in time.
        assert_eq!(queued().await.unwrap_err(), Refusal::Full);
        let many: Vec<_> =
            (0..128).map(|nth: u8| admission.admit([203, 0, 113, nth].into())).collect();
        assert!(many.iter().all(|it| matches!(it, Ok(Admitted::Queued(_)))));
        assert_eq!(admission.admit([203, 0, 114, 0].into()).unwrap_err(), Refusal::Full);
    });
}

#[test]
fn a_site_of_ipv6_holds_at_most_half_however_many_networks_it_has() {
    let number = |it| NonZeroU32::new(it).unwrap();
    let occupancy = Occupancy::new(number(2), number(8));
    let hold = |address: &str| occupancy.hold(address.parse::<IpAddr>().unwrap());
    let held =
        ["2001:db8:1:1::1", "2001:db8:1:1::2", "2001:db8:1:2::1", "2001:db8:1:3::1"].map(hold);
    assert!(held.iter().all(Option::is_some));
    assert!(hold("2001:db8:1:1::3").is_none(), "a /64 has its share");
    assert!(hold("2001:db8:1:4::1").is_none(), "a /48 has its share");
    assert!(hold("2001:db8:2:1::1").is_some());
    assert!(hold("198.51.100.1").is_some());
    let [first, ..] = held;
    drop(first);
    assert!(hold("2001:db8:1:4::1").is_some());
}

/// Returns `true` if a client that reads so many bytes a second gets all of a response.
fn comes_at(bytes_per_second: usize) -> bool {
    wait_for(async {
        tokio::time::pause();
        let (server, mut client) = duplex(1024);
        let rate = MinRate { bytes_per_second: 512, max_stall: Duration::from_secs(20) };
        let mut server = MinRateStream::new(server, rate);
        tokio::spawn(async move {
            let mut second = vec![0; bytes_per_second];
            while client.read_exact(&mut second).await.is_ok() {
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        });
        server.write_all(&[0; 64 * 1024]).await.is_ok()
    })
}

#[test]
fn a_reader_who_trickles_is_cut_and_one_on_a_slow_line_is_not() {
    assert!(!comes_at(1));
    assert!(!comes_at(400));
    assert!(comes_at(600));
}

/// A probe that is not answered within a second or so counts as failed, and the service is restarted.
#[test]
fn a_probe_is_answered_at_once_while_slow_connections_of_a_proxy_fill_the_reserve_too() {
    let service = with(&[("connections", "2")]);
    let connect = || TcpStream::connect(service.address).unwrap();
    let begin = |stream: &mut TcpStream, words: &str| stream.write_all(words.as_bytes()).unwrap();
    // Those in use, the reserve, and some of the queue; half of them say nothing at all.
    let mut slow: Vec<_> = (0..2 + 16 + 40).map(|_| connect()).collect();
    for stream in slow.iter_mut().step_by(2) {
        begin(stream, "POST /v1/requests HTTP/1.1\r\n");
    }
    assert_eq!(ask(connect(), "/healthz").status, 200);
    // A request that comes in pieces.
    let mut probe = connect();
    begin(&mut probe, "GET /hea");
    assert_eq!(ask_for(probe, "lthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status, 200);
    drop(slow);
}
