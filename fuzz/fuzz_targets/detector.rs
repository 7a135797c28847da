//! See `portcullis_fuzz::detector`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::detector::target(data));
