//! See `portcullis_fuzz::dotenv`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::dotenv::target(data));
