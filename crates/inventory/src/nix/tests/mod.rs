//! A database that SQLite wrote, as `fixtures/installed/nix/make.py` says; and damaged ones.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const DATABASE: &[u8] = include_bytes!("../../../../../fixtures/installed/nix/db.sqlite");
const PATH: &str = "nix/var/nix/db/db.sqlite";

#[test]
fn a_database() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, DATABASE)), @r"
    pkg:nix/glibc@2.39-52?outputhash=0c5kz8d3v1q2w3e4r5t6y7p8a9sdfghj
    pkg:nix/openssl@3.0.14?outputhash=1c5kz8d3v1q2w3e4r5t6y7p8a9sdfghj · needs glibc
    pkg:nix/openssl@3.0.14?output=dev&outputhash=2c5kz8d3v1q2w3e4r5t6y7p8a9sdfghj · needs openssl glibc
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"no database")), @r"Error Shape: the database of Nix has pages of an impossible size: nothing of it is read");
    assert_snapshot!(list(&run(&DETECTOR, PATH, &DATABASE[..1024])), @r"Error Shape: the database of Nix has no table `ValidPaths`: nothing of it is read");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, PATH, DATABASE);
}
