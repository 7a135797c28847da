//! See `portcullis_fuzz::jsonc`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::jsonc::target(data));
