//! See `portcullis_fuzz::layer`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::layer::target(data));
