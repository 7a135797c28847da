//! See `portcullis_fuzz::versions`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::versions::target(data));
