//! See `portcullis_fuzz::stack`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::stack::target(data));
