//! Bundles: what is refused and why, one row for everything that can be wrong with one.

use std::io::Cursor;

use jiff::Timestamp;
use model::DataOverride;

use super::*;
use crate::snapshot::Snapshot;
use crate::testing::{Folder, snapshot};

const NOW: &str = "2026-08-25T00:00:00Z";

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn terms(sequence: u64) -> Terms {
    Terms { sequence, created: time("2026-08-20T00:00:00Z"), expires: time("2026-09-20T00:00:00Z") }
}

fn data() -> Snapshot {
    snapshot("A-1 : npm a >=0 <2")
}

fn pair() -> (SigningKey, TrustedKey) {
    let texts = SigningKey::generate(None).expect("a key");
    let trusted = TrustedKey::parse_all(&texts.public).expect("a public key").remove(0);
    (SigningKey::read(&texts.secret, None).expect("a secret key"), trusted)
}

/// A bundle with one of its files changed; an empty change takes the file out.
fn with(bundle: &[u8], name: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut files = testkit::zip::read(bundle);
    let changed = change(&files[name]);
    files.insert(name.to_owned(), changed);
    files.retain(|_, bytes| !bytes.is_empty());
    testkit::zip::write(&files)
}

fn replaced(from: &str, to: &str) -> impl Fn(&[u8]) -> Vec<u8> {
    move |bytes| {
        let text = String::from_utf8(bytes.to_vec()).expect("a text");
        assert!(text.contains(from), "{from}");
        text.replace(from, to).into_bytes()
    }
}

/// What stands against a bundle, where nothing is installed yet.
fn faults(bundle: &[u8], keys: &[TrustedKey], now: &str) -> Vec<(DataOverride, String)> {
    let bundle = Bundle::read(Cursor::new(bundle)).expect("a bundle that can be read");
    let trust = Trust { keys, now: time(now), allowed: &[] };
    bundle.faults(&trust, &Ok(None)).into_iter().map(|fault| (fault.kind, fault.message)).collect()
}

#[test]
fn what_a_trusted_key_signed_is_taken() {
    let (key, trusted) = pair();
    let bundle = export(&data(), terms(7), Some(&key)).expect("a bundle");
    assert_eq!(faults(&bundle, std::slice::from_ref(&trusted), NOW), []);
    let unsigned = export(&data(), terms(7), None).expect("a bundle");
    let signed = sign(Cursor::new(&unsigned), &key).expect("signed");
    assert_eq!(faults(&signed, &[trusted], NOW), []);
    assert_eq!(unsigned, export(&data(), terms(7), None).expect("a bundle"), "equal input gives equal bytes");
}

#[test]
fn everything_else_is_refused() {
    let ((key, trusted), (other, stranger)) = (pair(), pair());
    let keys = [trusted];
    let good = export(&data(), terms(7), Some(&key)).expect("a bundle");
    let unsigned = export(&data(), terms(7), None).expect("a bundle");
    let by_other = sign(Cursor::new(&unsigned), &other).expect("signed");
    let another = export(&snapshot("B-1 : npm b >=0"), terms(8), Some(&key)).expect("a bundle");
    let part = |bundle: &[u8], name: &str| testkit::zip::read(bundle)[name].clone();
    let check = |bundle: &[u8], keys: &[TrustedKey], now: &str, expected: &[(DataOverride, &str)]| {
        let found = faults(bundle, keys, now);
        let is_expected = found.len() == expected.len()
            && found.iter().zip(expected).all(|(found, (kind, text))| found.0 == *kind && found.1.contains(text));
        assert!(is_expected, "{found:?}, not {expected:?}");
    };
    use DataOverride::{Altered, Expired, Unsigned};
    check(&unsigned, &keys, NOW, &[(Unsigned, "not signed")]);
    check(&good, &[], NOW, &[(Unsigned, "no key is trusted")]);
    check(&by_other, &keys, NOW, &[(Unsigned, stranger.id())]);
    check(&good, &keys, "2026-09-20T00:00:00Z", &[(Expired, "expired at 2026-09-20")]);
    // The manifest is changed: a later end, a higher number, a blank more.
    for (from, to) in [("2026-09-20", "2036-09-20"), ("\"sequence\": 7", "\"sequence\": 9"), ("{", "{ ")] {
        check(&with(&good, MANIFEST, replaced(from, to)), &keys, NOW, &[(Altered, "is not one of this manifest")]);
    }
    // Parts of two good bundles make no good one.
    check(&with(&good, SIGNATURE, |_| part(&another, SIGNATURE)), &keys, NOW, &[(Altered, "not one of this manifest")]);
    check(&with(&good, SNAPSHOT, |_| part(&another, SNAPSHOT)), &keys, NOW, &[(Altered, "not the one its manifest")]);
    // A signature of another key that calls itself ours, and one that is none.
    let forged = |bytes: &[u8]| replaced("signature of key", "signature of our key")(bytes);
    check(&with(&by_other, SIGNATURE, forged), &keys, NOW, &[(Unsigned, stranger.id())]);
    check(&with(&good, SIGNATURE, |_| b"hello\n".to_vec()), &keys, NOW, &[(Altered, "cannot be read")]);
    let comment = replaced("expires 2026", "expires 2036");
    check(&with(&good, SIGNATURE, comment), &keys, NOW, &[(Altered, "not one of this manifest")]);
    // All of it at once.
    let worst = with(&unsigned, SNAPSHOT, |_| part(&another, SNAPSHOT));
    check(&worst, &keys, "2030-01-01T00:00:00Z", &[(Unsigned, ""), (Altered, ""), (Expired, "")]);
}

#[test]
fn what_cannot_be_read_is_no_bundle_whatever_is_allowed() {
    let (key, _) = pair();
    let good = export(&data(), terms(7), Some(&key)).expect("a bundle");
    let check = |bundle: &[u8], expected: &str| {
        let said = Bundle::read(Cursor::new(bundle)).expect_err("no bundle").to_string();
        assert!(said.contains(expected), "{said}");
    };
    check(b"", "no bundle");
    check(b"PK hello", "no bundle");
    check(&good[..good.len() / 2], "no bundle");
    check(&with(&good, MANIFEST, |_| Vec::new()), "it has no manifest");
    check(&with(&good, SNAPSHOT, |_| Vec::new()), "it has no snapshot");
    check(&with(&good, SNAPSHOT, |bytes| [bytes, b"x"].concat()), "longer than it may be");
    check(&with(&good, MANIFEST, |_| vec![b' '; 70_000]), "longer than it may be");
    check(&with(&good, MANIFEST, replaced("bundle/1", "bundle/2")), "portcullis.bundle/2");
    check(
        &with(&good, MANIFEST, replaced("\"sequence\"", "\"only_on_tuesdays\": true, \"sequence\"")),
        "only_on_tuesdays",
    );
    check(&with(&good, SNAPSHOT, |bytes| bytes[..bytes.len() - 3].to_vec()), "the snapshot in it has");
    let flipped = |bytes: &[u8]| {
        let mut bytes = bytes.to_vec();
        let last = bytes.len() - 70;
        bytes[last] ^= 1;
        bytes
    };
    check(&with(&good, SNAPSHOT, flipped), "the snapshot in it");
}

#[test]
fn an_older_one_does_not_replace_a_newer_one() {
    let (key, trusted) = pair();
    let folder = Folder::new();
    let place = folder.path().join("a.snapshot");
    let import = |sequence: u64, records: &str, allowed: &[DataOverride]| {
        let bytes = export(&snapshot(records), terms(sequence), Some(&key)).expect("a bundle");
        let bundle = Bundle::read(Cursor::new(bytes)).expect("a bundle");
        let trust = Trust { keys: std::slice::from_ref(&trusted), now: time(NOW), allowed };
        bundle.import("a.bundle", &place, &trust).expect("written")
    };
    let refused = |outcome: Import, expected: &str| match outcome {
        Import::Refused(faults) => {
            assert!(faults.len() == 1 && faults[0].message.contains(expected), "{faults:?}");
            assert_eq!(faults[0].kind, DataOverride::Older);
        }
        Import::Installed(origin) => panic!("installed: {origin:?}"),
    };
    let installed = |outcome: Import| match outcome {
        Import::Installed(origin) => origin,
        Import::Refused(faults) => panic!("{faults:?}"),
    };
    let origin = installed(import(7, "A-1 : npm a >=0", &[]));
    assert_eq!(
        (origin.sequence, origin.signed_by.as_deref(), &origin.overrides[..]),
        (Some(7), Some(trusted.id()), &[][..])
    );
    let before = std::fs::read(&place).expect("there");
    refused(import(6, "A-2 : npm a >=0", &[]), "its sequence number is 6");
    refused(import(7, "A-2 : npm a >=0", &[DataOverride::Unsigned, DataOverride::Expired]), "another content");
    assert_eq!(std::fs::read(&place).expect("there"), before, "nothing was changed");
    installed(import(7, "A-1 : npm a >=0", &[]));
    let origin = installed(import(6, "A-2 : npm a >=0", &[DataOverride::Older]));
    assert_eq!((origin.sequence, &origin.overrides[..]), (Some(6), &[DataOverride::Older][..]));
    let opened = Snapshot::open(&place).expect("whole");
    assert_eq!(origin_of(&place, &opened), Ok(Some(origin)));
    // Whatever else lies there is not believed, and never makes room for an older one.
    folder.write("a.snapshot.origin.json", "{}");
    refused(import(9, "A-3 : npm a >=0", &[]), "whether it is older is not known");
    assert!(origin_of(&place, &opened).is_err());
    remove_origin(&place).expect("removed");
    remove_origin(&place).expect("twice does not matter");
    assert_eq!(origin_of(&place, &opened), Ok(None));
}

#[test]
fn what_is_beside_another_snapshot_is_not_believed() {
    let folder = Folder::new();
    let place = folder.path().join("a.snapshot");
    let bundle = Bundle::read(Cursor::new(export(&data(), terms(1), None).expect("a bundle"))).expect("a bundle");
    let trust = Trust { keys: &[], now: time(NOW), allowed: &[DataOverride::Unsigned] };
    let Ok(Import::Installed(origin)) = bundle.import("a.bundle", &place, &trust) else { panic!("not installed") };
    assert_eq!((origin.signed_by, origin.overrides), (None, vec![DataOverride::Unsigned]));
    let other = snapshot("B-1 : npm b >=0");
    let doubt = origin_of(&place, &other).expect_err("another snapshot");
    assert!(doubt.contains("about another snapshot"), "{doubt}");
}

#[test]
fn nobody_signs_what_is_not_as_its_manifest_says() {
    let (key, _) = pair();
    let bundle = export(&data(), terms(1), None).expect("a bundle");
    let other = snapshot("B-1 : npm b >=0");
    let changed = with(&bundle, SNAPSHOT, |_| other.as_bytes().to_vec());
    let said = sign(Cursor::new(&changed), &key).err().map(|error| error.to_string());
    assert_eq!(said.as_deref(), Some("could not be signed: the snapshot in it is not the one its manifest names"));
}

#[test]
fn keys() {
    let texts = SigningKey::generate(Some("a word")).expect("a key");
    let read = |password| SigningKey::read(&texts.secret, password).map(|key| key.id().to_owned());
    assert_eq!(read(Some("a word")), Ok(texts.id.clone()));
    assert_eq!((read(None), read(Some("another"))), (Err(KeyError::NoPassword), Err(KeyError::Password)));
    assert!(!format!("{texts:?}").contains(texts.secret.lines().nth(1).expect("two lines")));
    assert_eq!(SigningKey::read("hello", None).err(), Some(KeyError::Secret));
    assert_eq!(SigningKey::read(&texts.public, None).err(), Some(KeyError::Secret));
    let list = format!("# ours\n{}\n\n{}", texts.public, SigningKey::generate(None).expect("a key").public);
    let found = TrustedKey::parse_all(&list).expect("two keys");
    assert_eq!((found.len(), found[0].id()), (2, texts.id.as_str()));
    for wrong in ["hello", "RWQ", &texts.secret] {
        assert!(matches!(TrustedKey::parse_all(wrong), Err(KeyError::Public(_))), "{wrong}");
    }
}
