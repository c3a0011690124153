//! Lists, filters, search, order, and what colleagues do meanwhile.

use clinic_core::state::State;
use inbox::model::entry::{Content, Entry, Unreadable, Work};
use inbox::model::filter::{Filter, Order};
use inbox::model::lists::List;
use inbox::model::requests::Requests;
use uuid::Uuid;

use super::sample::{entry, in_state, opened, request, unreadable, with_interpreter};

const ME: &str = "First Person";

fn numbers(requests: &Requests, list: List, filter: &Filter, order: Order) -> Vec<u128> {
    let ids = requests.shown((list, ME), filter, order, &["cautions".to_owned()]);
    ids.iter().map(Uuid::as_u128).collect()
}

fn all(requests: &Requests, list: List) -> Vec<u128> {
    numbers(requests, list, &Filter::default(), Order::Newest)
}

#[test]
fn a_readable_request_stands_in_one_list_and_in_mine_besides() {
    let lists = [List::New, List::Waiting, List::Closed, List::Junk, List::Unreadable];
    for state in State::ALL {
        for holder in [None, Some(ME), Some("Second Person")] {
            let entry = in_state(opened(1, request("Trial Patient")), state, holder);
            let standing: Vec<List> =
                lists.into_iter().filter(|list| list.holds(&entry, ME)).collect();
            assert_eq!(standing.len(), 1, "{state:?}: {standing:?}");
            let under_way = standing == [List::Waiting];
            assert_eq!(List::Mine.holds(&entry, ME), under_way && holder == Some(ME), "{state:?}");
        }
    }
}

#[test]
fn what_cannot_be_read_is_unreadable_until_it_is_settled() {
    for state in State::ALL {
        let entry = in_state(unreadable(1), state, Some(ME));
        let standing: Vec<List> =
            List::ALL.into_iter().filter(|list| list.holds(&entry, ME)).collect();
        let expected = match (state, state.is_settled()) {
            (State::Junk, _) => List::Junk,
            (_, true) => List::Closed,
            (_, false) => List::Unreadable,
        };
        assert_eq!(standing, [expected], "{state:?}");
    }
}

#[test]
fn the_order_is_by_arrival_or_by_name() {
    let mut requests = Requests::default();
    for (number, name) in [(1, "Berta"), (2, "anna"), (3, "Carla")] {
        requests.put(opened(number, request(name)));
    }
    let in_order = |order| numbers(&requests, List::New, &Filter::default(), order);
    assert_eq!(in_order(Order::Newest), [3, 2, 1]);
    assert_eq!(in_order(Order::Oldest), [1, 2, 3]);
    assert_eq!(in_order(Order::Name), [2, 1, 3], "capital letters do not count");
}

#[test]
fn search_finds_names_numbers_references_and_messages() {
    let mut requests = Requests::default();
    requests.put(opened(1, request("Trial Patient One")));
    requests.put(opened(2, request("Trial Patient Two")));
    requests.put(unreadable(3));
    let found = |search: &str| {
        let filter = Filter { search: search.to_owned(), ..Filter::default() };
        numbers(&requests, List::New, &filter, Order::Oldest)
    };
    assert_eq!(found("  "), [1, 2]);
    assert_eq!(found("TWO patient"), [2], "all words, in any order and case");
    assert_eq!(found("9725550123"), [1, 2], "digits, however they were typed");
    assert_eq!(found("aaaa-0001"), [1]);
    assert_eq!(found("light"), [1, 2]);
    assert_eq!(found("light dark"), [0_u128; 0]);
    let filter = Filter { search: "AAAA-0003".to_owned(), ..Filter::default() };
    assert_eq!(numbers(&requests, List::Unreadable, &filter, Order::Newest), [3]);
}

#[test]
fn filters_narrow_and_never_show_what_cannot_be_read() {
    let mut requests = Requests::default();
    requests.put(opened(1, request("Trial Patient One")));
    requests.put(opened(2, with_interpreter("Trial Patient Two")));
    requests.put(unreadable(3));
    let interpreter = Filter { interpreter: true, ..Filter::default() };
    assert_eq!(numbers(&requests, List::New, &interpreter, Order::Newest), [2]);
    assert_eq!(numbers(&requests, List::Unreadable, &interpreter, Order::Newest), [0_u128; 0]);
    let location = |id: &str| Filter { location: Some(id.to_owned()), ..Filter::default() };
    assert_eq!(numbers(&requests, List::New, &location("allen"), Order::Newest), [2, 1]);
    assert_eq!(numbers(&requests, List::New, &location("dallas"), Order::Newest), [0_u128; 0]);
    let cautions = Filter { cautions: true, ..Filter::default() };
    assert_eq!(numbers(&requests, List::New, &cautions, Order::Newest), [0_u128; 0]);
}

#[test]
fn a_response_that_was_overtaken_undoes_nothing() {
    let mut requests = Requests::default();
    let first = opened(1, request("Trial Patient"));
    let id = first.id;
    let work = |state, version, notes| Work { state, version, notes, ..first.work.clone() };
    requests.put(first.clone());
    assert!(requests.update(&id, work(State::Tried, 3, 2)));
    assert!(requests.update(&id, work(State::Claimed, 2, 0)), "it is known");
    let now = &requests.get(&id).expect("it").work;
    assert_eq!((now.state, now.version, now.notes), (State::Tried, 3, 2));
    assert!(!requests.update(&Uuid::from_u128(9), work(State::Tried, 3, 0)), "it is not known");
}

#[test]
fn two_requests_can_have_one_reference() {
    let mut requests = Requests::default();
    let first = opened(1, request("Trial Patient One"));
    let reference = first.reference.clone();
    let second = Entry { reference: reference.clone(), ..opened(2, request("Trial Patient Two")) };
    requests.put(first);
    requests.put(second);
    requests.put(opened(3, request("Trial Patient Three")));
    let mut ids = requests.of_reference(&reference);
    ids.sort();
    assert_eq!(ids, [Uuid::from_u128(1), Uuid::from_u128(2)]);
    requests.remove(&ids[0]);
    assert_eq!(all(&requests, List::New), [3, 2]);
}

#[test]
fn counts_say_how_many_could_be_read_and_why_not() {
    let mut requests = Requests::default();
    requests.put(opened(1, request("Trial Patient")));
    let other = Unreadable::OtherKeys(vec!["a key".to_owned()]);
    for (number, why) in [(2, other), (3, Unreadable::Damaged), (4, Unreadable::Garbage)] {
        requests.put(entry(number, Content::Unreadable(why)));
    }
    let counts = requests.counts();
    let all = (counts.opened, counts.other_keys, counts.damaged, counts.garbage);
    assert_eq!(all, (1, 1, 1, 1));
}
