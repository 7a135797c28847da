//! Applications of the registry, of Erlang/OTP, of Elixir.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run};

const COWBOY: &[u8] = include_bytes!("../../../../../fixtures/installed/erlang/lib/cowboy-2.9.0/ebin/cowboy.app");
const PATH: &str = "app/lib/cowboy-2.9.0/ebin/cowboy.app";

#[test]
fn applications() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, COWBOY)), @r"pkg:hex/cowboy@2.9.0 · lines 1-3 · needs kernel stdlib crypto cowlib ranch");
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"{application,ssl,[{vsn,\"11.1\"}]}.\n")), @r"pkg:otp/ssl@11.1 · line 1");
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"{application,'elixir',\n [{ vsn , \"1.16.0\"}]}.\n")), @r"pkg:generic/elixir@1.16.0 · lines 1-2");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"{application,x,[]}.")), @r"Error Shape line 1: application `x` has no version: it is not read");
    assert_snapshot!(list(&run(&DETECTOR, PATH, b"words")), @r"Error Shape line 1: the file holds no `{application, …}`: it is not read");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, PATH, COWBOY);
}
