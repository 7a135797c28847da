//! See `portcullis_fuzz::textproto`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::textproto::target(data));
