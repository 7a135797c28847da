//! See `portcullis_fuzz::report`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::report::target(data));
