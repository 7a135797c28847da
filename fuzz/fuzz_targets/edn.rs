//! See `portcullis_fuzz::edn`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::edn::target(data));
