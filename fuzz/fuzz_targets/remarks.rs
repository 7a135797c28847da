//! See `portcullis_fuzz::remarks`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::remarks::target(data));
