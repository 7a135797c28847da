//! See `portcullis_fuzz::ini`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::ini::target(data));
