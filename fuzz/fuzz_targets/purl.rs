//! See `portcullis_fuzz::purl`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::purl::target(data));
