//! See `portcullis_fuzz::nginx`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::nginx::target(data));
