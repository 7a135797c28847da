//! See `portcullis_fuzz::codeowners`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::codeowners::target(data));
