//! See `portcullis_fuzz::rego`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::rego::target(data));
