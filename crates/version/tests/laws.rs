//! Laws that hold for every scheme: nothing panics, the order is total, keys and a naive comparer agree with it.

use std::cmp::Ordering;

use portcullis_version::{Scheme, Version, compare};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::{generate, naive};

fn run<S: Strategy>(cases: u32, strategy: &S, test: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S::Value: std::fmt::Debug,
{
    let config = Config { failure_persistence: None, ..Config::with_cases(cases) };
    TestRunner::new(config).run(strategy, test).unwrap_or_else(|fault| panic!("{fault}"));
}

#[test]
fn any_text_is_read_or_refused() {
    run(2000, &(any::<String>(), "[ -~]{0,40}"), |(wild, plain)| {
        for scheme in Scheme::ALL {
            for text in [&wild, &plain] {
                if let Err(fault) = Version::parse(*scheme, text) {
                    prop_assert!(!fault.reason.is_empty() && !fault.reason.ends_with('.'));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn no_length_is_too_much() {
    for scheme in Scheme::ALL {
        for text in ["9".repeat(1024), "1.".repeat(511), "a".repeat(1024), "1-a.".repeat(255), "~".repeat(1024)] {
            let _ = Version::parse(*scheme, &text);
            assert!(Version::parse(*scheme, &format!("{text}123456789")).is_err());
        }
    }
}

#[test]
fn orders_are_total() {
    for scheme in Scheme::ALL {
        let version = generate::version(*scheme);
        run(3000, &[&version, &version, &version], |texts| {
            let read: Vec<Version> = texts.iter().filter_map(|text| Version::parse(*scheme, text).ok()).collect();
            let [a, b, c] = &read[..] else { return Ok(()) };
            let order = |x: &Version, y: &Version| x.compare(y).expect("one scheme");
            prop_assert_eq!(order(a, a), Ordering::Equal);
            prop_assert_eq!(order(a, b), order(b, a).reverse());
            prop_assert_eq!(order(a, b), a.key().cmp(b.key()), "keys");
            if order(a, b) == order(b, c) || order(b, c) == Ordering::Equal {
                prop_assert_eq!(order(a, c), order(a, b), "transitivity");
            }
            Ok(())
        });
    }
}

#[test]
fn naive_comparers_agree() {
    for scheme in Scheme::ALL {
        let version = generate::version(*scheme);
        let decided = std::cell::Cell::new(0);
        run(6000, &[&version, &version], |[left, right]| {
            let (Ok(found), Some(expected)) = (compare(*scheme, &left, &right), naive::compare(*scheme, &left, &right))
            else {
                return Ok(());
            };
            decided.set(decided.get() + 1);
            prop_assert_eq!(found, expected, "{:?}: {} and {}", scheme, left, right);
            Ok(())
        });
        assert!(decided.get() > 1000, "{scheme:?}: only {} pairs were judged", decided.get());
    }
}
