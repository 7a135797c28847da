//! JSON web tokens: what OPA 1.22.3 answers of the same tokens and keys. The keys were made for this test.

use insta::assert_snapshot;
use model::Cancel;

use super::{documents, loaded};
use crate::Options;

/// Tokens and public keys.
const VECTORS: &str = r##"{
  "RS256": "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIiwic3ViIjoiMSJ9.uBT9yFKWZTQ1XxQRv8hmgZWSapllCITXEOAftzP3rc1NfDqwn6nCzH7YBT3c63jXps9w44PAFPnu5OGVxSikiociZnV2FXvqP-y1kIQurOiwvpjavup1_Ny2bVteegmaFiIqs227EWEckiTTWSYPZhCauF9q-huXFyPY0xzj9f084A6wDcjYzFilEMUn1H_eZXeaoemTcUwi9bin9Qe-xa8AERO7rL9Wr-y0SEApIZ3ApPCflrGTbrJI6HZ55aMnYuDA8PARI2LE4lyWPB8mdrpiBldkUvoNay8nxNjPALrWni3DobRK2V4XEd_Rg-ki16Y0v7LjS4SkhtOi8DtNEw",
  "PS256": "eyJhbGciOiJQUzI1NiJ9.eyJpc3MiOiJhIiwic3ViIjoiMSJ9.Q9WuNjOY0IBPU8idgGnyT6sdj2WTMAz1En0f1pq25x2aNoXN_IzKNjoa5QwFb4adSdbzhYnksWXr8C3hJ8egn-CKDkpl6L0-ZrvHJ5gwf5JGVJqzU3fjvWXwxIL_WWolJto4R72f6mBZJIFNwK9flR0KgMcmER0aRnU-5frxPDs1eja4vXGd8_3T4IwdAV_YUxC30RXwewxDVMmr9GYF5ltdSUkPog53ou-Df_no1sJ7i_CXp4s20AqC6uOTBWOi706QCuSEBy3RFcROAK-E_CG3eXAkmdwDrmCQIQOKSRDrboKH3xEEacHXkcAi7DcvvGTfQSGPul4WZ9dWn4Dj5w",
  "ES256": "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIiwic3ViIjoiMSJ9.uUq4jKTAmRJwfC4fxEzGb1TE9Bvtxoz8wHYe5bWjTWO8JHq_Jsm9YSYhgwF7H3ObPYVnAJcvSsVsezoczLUhNA",
  "EdDSA": "eyJhbGciOiJFZERTQSIsImtpZCI6ImsxIn0.eyJpc3MiOiJhIiwic3ViIjoiMSJ9.WLL_W2NHW7TtGI6L5fvw0Xq709PXosILwp6i9Ygjo4mHalNsciYy1Zsu-DRg67YLsO6GTvcqioNQJymsJC56Bw",
  "HS256": "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIiwic3ViIjoiMSJ9.uUBqvxn1M_0MwP1wpZe2CBGPXtWR74lqZswqU9a7z1Y",
  "HS512": "eyJhbGciOiJIUzUxMiJ9.eyJpc3MiOiJhIiwic3ViIjoiMSIsImF1ZCI6WyJ4IiwieSJdLCJleHAiOjIwMDAsIm5iZiI6MTAwMH0.6qZjmkGhz38cKnqpdlHScsoExKZDJU8PvqPP5cRORerEX3KWe3BdhzJcdgh9xt-6BmXL-x7lrLhFX1EjE8tk_A",
  "JWKS": "{\"keys\": [{\"kty\": \"RSA\", \"n\": \"1juVi1zs5Nq4rvE3crjRv4FjMpMbO6CzqlDpWBZDeKhakTi8hZttIXBymtBSiJJ8Lp8j53z3qALnyMB7ko-STgowLeTUDiZnSSCfMgKP34LAK8cASxNBH7y-nbPGiiyTeM9CNxBK7LY1emTvHzblRMFnpoK2x2RP8Jb_oJiCYpegCUzl0q-zOwiDMJHoAGk_w_JnuYfWu07-modOMcR3Gbu5insF5nqprxFbvzAsFmD4b3HQmtP9hZnnp3OyxAdUjEOOk0tjW19-8ErVf73FKfPJ1NwtS9ABPB1tzdKdtcPSmDHhIDFLHOGWFvmaspSz5hQswkHmMOp-YWgMa3d-DQ\", \"e\": \"AQAB\"}, {\"kty\": \"EC\", \"crv\": \"P-256\", \"x\": \"Q1cBcSTfGkV4iiaTd3CSuHCsjzo3gmAb9ER-TneNXuw\", \"y\": \"mmeZb8UG0pI8Mb-1ol7Lz-JKPi3AgZP8WGr1OFMu8Qg\"}, {\"kty\": \"OKP\", \"crv\": \"Ed25519\", \"kid\": \"k1\", \"x\": \"mi_5n76MQeijvT5m5zfAguuFkHv1Drt39zOiDhgRY9s\"}]}",
  "PUB": "-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA1juVi1zs5Nq4rvE3crjR\nv4FjMpMbO6CzqlDpWBZDeKhakTi8hZttIXBymtBSiJJ8Lp8j53z3qALnyMB7ko+S\nTgowLeTUDiZnSSCfMgKP34LAK8cASxNBH7y+nbPGiiyTeM9CNxBK7LY1emTvHzbl\nRMFnpoK2x2RP8Jb/oJiCYpegCUzl0q+zOwiDMJHoAGk/w/JnuYfWu07+modOMcR3\nGbu5insF5nqprxFbvzAsFmD4b3HQmtP9hZnnp3OyxAdUjEOOk0tjW19+8ErVf73F\nKfPJ1NwtS9ABPB1tzdKdtcPSmDHhIDFLHOGWFvmaspSz5hQswkHmMOp+YWgMa3d+\nDQIDAQAB\n-----END PUBLIC KEY-----\n",
  "CRT": "-----BEGIN CERTIFICATE-----\nMIIDATCCAemgAwIBAgIUVdjJq4x7XH3sZD6ocZzYkhD4VdcwDQYJKoZIhvcNAQEL\nBQAwDzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjYxMjExMTBaGA8yMTI2MTEwMjEy\nMTExMFowDzENMAsGA1UEAwwEdGVzdDCCASIwDQYJKoZIhvcNAQEBBQADggEPADCC\nAQoCggEBANY7lYtc7OTauK7xN3K40b+BYzKTGzugs6pQ6VgWQ3ioWpE4vIWbbSFw\ncprQUoiSfC6fI+d896gC58jAe5KPkk4KMC3k1A4mZ0kgnzICj9+CwCvHAEsTQR+8\nvp2zxoosk3jPQjcQSuy2NXpk7x825UTBZ6aCtsdkT/CW/6CYgmKXoAlM5dKvszsI\ngzCR6ABpP8PyZ7mH1rtO/pqHTjHEdxm7uYp7BeZ6qa8RW78wLBZg+G9x0JrT/YWZ\n56dzssQHVIxDjpNLY1tffvBK1X+9xSnzydTcLUvQATwdbc3SnbXD0pgx4SAxSxzh\nlhb5mrKUs+YULMJB5jDqfmFoDGt3fg0CAwEAAaNTMFEwHQYDVR0OBBYEFJnFEvxh\nC8y7CTrEE5fR+1RSTnPkMB8GA1UdIwQYMBaAFJnFEvxhC8y7CTrEE5fR+1RSTnPk\nMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEBAD/B2eIqlyrxaEHc\nIS4JaxTKJABkhH/IcotaJnqgEI6/9z/z1DDMIZwsxn2BxbqdkH8wzyDarJ51bjBu\nszIbGtITg06IbCS8wy2fp63oQh1pXgnWieLXHkQl4CKU+09T1ejrq3LYK/kKV4fl\nn7lGSyNRqNeMTA/2FVxnQTYYqptg0BKTnUTaSoQ1N3fRsSJlunZ/8yrWHTLkIr2D\nSlH+HjXYZcgV+Jdqfv1xfLcK9G2byhE4g/uvm8wRFsiSiPZwzR6kt3YEA4NZZTPQ\nshZGz055P4u/P9sNA/9xxr0e7AaCy/ItruQr9l1228aUlto3XzRZ8vO65PtWacIU\n8iwk+qA=\n-----END CERTIFICATE-----\n",
  "ECPUB": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEQ1cBcSTfGkV4iiaTd3CSuHCsjzo3\ngmAb9ER+TneNXuyaZ5lvxQbSkjwxv7WiXsvP4ko+LcCBk/xYavU4Uy7xCA==\n-----END PUBLIC KEY-----\n",
  "EDPUB": "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAmi/5n76MQeijvT5m5zfAguuFkHv1Drt39zOiDhgRY9s=\n-----END PUBLIC KEY-----\n"
}"##;

fn check(expression: &str) -> String {
    let data = serde_json::from_str(VECTORS).expect("valid JSON");
    let options = Options { data: serde_json::json!({"v": serde_json::Value::clone(&data)}), ..Options::default() };
    let policy = format!("package main\nv := data.v\ndeny contains {{\"msg\": \"x\", \"answers\": {expression}}}\n");
    let set = loaded(&policy, &options);
    let evaluation = set.evaluate(&documents("a: 1")[0], &Cancel::new());
    let problems: String = evaluation.problems.iter().map(|problem| problem.message.clone()).collect();
    evaluation.findings.first().map_or(problems, |finding| finding.evidence["details"]["answers"].to_string())
}

#[test]
fn signatures_and_constraints() {
    assert_snapshot!(check("[
 io.jwt.verify_rs256(v.RS256, v.PUB), io.jwt.verify_rs256(v.RS256, v.CRT), io.jwt.verify_rs256(v.RS256, v.JWKS), io.jwt.verify_rs384(v.RS256, v.PUB),
 io.jwt.verify_ps256(v.PS256, v.PUB), io.jwt.verify_es256(v.ES256, v.ECPUB), io.jwt.verify_es256(v.ES256, v.JWKS), io.jwt.verify_eddsa(v.EdDSA, v.EDPUB), io.jwt.verify_eddsa(v.EdDSA, v.JWKS),
 io.jwt.verify_hs256(v.HS256, \"secret\"), io.jwt.verify_hs256(v.HS256, \"other\"), io.jwt.verify_rs256(v.PS256, v.PUB),
 io.jwt.decode_verify(v.HS256, {\"secret\": \"secret\", \"iss\": \"a\"}), io.jwt.decode_verify(v.HS256, {\"secret\": \"secret\", \"iss\": \"b\"}),
 io.jwt.decode_verify(v.HS512, {\"secret\": \"secret\", \"aud\": \"y\", \"time\": 1500000000000}), io.jwt.decode_verify(v.HS512, {\"secret\": \"secret\", \"time\": 1500000000000})[0],
 io.jwt.decode_verify(v.HS512, {\"secret\": \"secret\", \"aud\": \"y\", \"time\": 2500000000000})[0], io.jwt.decode_verify(v.HS512, {\"secret\": \"secret\", \"aud\": \"y\", \"time\": 500000000000})[0],
 io.jwt.decode_verify(v.RS256, {\"cert\": v.CRT, \"alg\": \"RS256\"})[0], io.jwt.decode_verify(v.RS256, {\"cert\": v.CRT, \"alg\": \"RS512\"})[0],
]"), @r#"[true,true,true,false,true,true,true,true,true,true,false,false,[true,{"alg":"HS256"},{"iss":"a","sub":"1"}],[false,{},{}],[true,{"alg":"HS512"},{"aud":["x","y"],"exp":2000,"iss":"a","nbf":1000,"sub":"1"}],false,false,false,true,false]"#);
}

#[test]
fn what_cannot_be_answered_is_said() {
    assert_snapshot!(check("io.jwt.verify_rs256(v.RS256, \"no key\")"), @"policy `main.deny` of policy.rego gave no answer, this was not judged by it: policy.rego:3: io.jwt.verify: the key is neither PEM nor JSON");
    assert_snapshot!(check("io.jwt.verify_hs256(\"a.b\", \"x\")"), @"policy `main.deny` of policy.rego gave no answer, this was not judged by it: policy.rego:3: io.jwt.verify: it is no token of three parts");
    assert_snapshot!(check("io.jwt.decode_verify(v.HS512, {\"secret\": \"secret\", \"aud\": \"y\"})"), @"policy `main.deny` of policy.rego gave no answer, this was not judged by it: policy.rego:3: io.jwt.decode_verify: the token is valid for some time only: give the moment it is asked for as `time`, in nanoseconds (`time.now_ns()`)");
    assert_snapshot!(check("io.jwt.decode_verify(v.HS256, {\"secrets\": \"secret\"})"), @"policy `main.deny` of policy.rego gave no answer, this was not judged by it: policy.rego:3: io.jwt.decode_verify: there is no constraint `secrets`");
}
