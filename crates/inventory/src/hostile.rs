//! Tests only: no input may panic a detector, and everything it says of one has a place.

use model::{Origin, TreePath};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::{Detector, Input, Parsed};

/// Cuts, flips and replaces the bytes of a good file.
pub(crate) fn survives(detector: &Detector, path: &str, good: &[u8]) {
    let step = (good.len() / 2000).max(1);
    for end in (0..good.len()).step_by(step) {
        accepts(detector, path, &good[..end]);
    }
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let flips = prop::collection::vec((0..good.len().max(1), any::<u8>()), 1..8);
    let flipped = runner.run(&flips, |flips| {
        let mut bytes = good.to_vec();
        flips.into_iter().for_each(|(at, byte)| bytes.iter_mut().skip(at).take(1).for_each(|old| *old = byte));
        accepts(detector, path, &bytes);
        Ok(())
    });
    assert_eq!(flipped, Ok(()));
    let noise = runner.run(&prop::collection::vec(any::<u8>(), 0..600), |noise| {
        accepts(detector, path, &noise);
        // The first bytes make a magic claim look on.
        accepts(detector, path, &[&good[..good.len().min(24)], &noise].concat());
        Ok(())
    });
    assert_eq!(noise, Ok(()));
}

/// Whatever is said must be consistent: problems name the file, lines exist, owners exist, purl and fields agree.
fn accepts(detector: &Detector, path: &str, bytes: &[u8]) -> Parsed {
    let origin = Origin::file(TreePath::rooted(path).expect("a valid path"));
    let parsed = (detector.parse)(&Input { origin: &origin, bytes, companions: &[] });
    let lines = bytes.split(|byte| *byte == b'\n').count() as u32;
    for problem in &parsed.problems {
        assert_eq!(problem.path.as_ref(), Some(&origin.path), "{problem:?}");
        assert!(problem.line.is_none_or(|line| (1..=lines).contains(&line)), "{problem:?}");
    }
    for package in &parsed.packages {
        assert!(!package.name.is_empty() && !package.locations.is_empty(), "{package:?}");
        assert_eq!(package.found_by, detector.name);
        // An epoch is a qualifier in the URL and part of the version.
        let version = package.version.as_deref().map(|version| match package.purl().qualifier("epoch") {
            Some(epoch) => version.strip_prefix(epoch).and_then(|rest| rest.strip_prefix(':')).unwrap_or(version),
            None => version,
        });
        assert_eq!(version, package.purl().version());
    }
    assert!(parsed.owned_files.iter().all(|(owner, _)| *owner < parsed.packages.len()));
    parsed
}
