//! See `portcullis_fuzz::dockerfile`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::dockerfile::target(data));
