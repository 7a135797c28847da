//! See `portcullis_fuzz::waivers`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::waivers::target(data));
