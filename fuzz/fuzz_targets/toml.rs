//! See `portcullis_fuzz::toml`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::toml::target(data));
