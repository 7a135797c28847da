//! Both kinds of lists in every container, damaged in every way, and the toolchains' own word as second judge.

mod auditable;
mod bundle;
mod evidence;
mod forge;
mod go;
mod native_image;
mod packed;
mod real;
mod windows;

use super::container::{begins_executable, open};

#[test]
fn heads() {
    for head in [&b"\x7fELF"[..], b"MZ\x90", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xce", b"\xca\xfe\xba\xbe\0\0\0\x02"] {
        assert!(begins_executable(head), "{head:?}");
    }
    for head in [&b""[..], b"#!/bin/sh", b"\xca\xfe\xba\xbe\0\0\0\x34", b"\xca\xfe\xba", b"PK\x03\x04"] {
        assert!(!begins_executable(head), "{head:?}");
    }
}

#[test]
fn what_is_no_program_of_today_is_nothing() {
    let dos = [&b"MZ"[..], &[0; 0x3a], &[0xff, 0xff, 0, 0]].concat();
    for bytes in [&b"#!/bin/sh\n"[..], b"MZ", b"MZ but a text", &dos] {
        assert!(open(bytes).is_ok_and(|files| files.is_empty()), "{bytes:?}");
    }
}
