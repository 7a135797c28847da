//! See `portcullis_fuzz::properties`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::properties::target(data));
