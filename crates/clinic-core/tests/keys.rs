//! Keys of the tests, those of `crates/intake/tests/vectors`: `kid`, `x`, `y` and `d`. They open nothing else.

use serde_json::{Value, json};

pub const CLINIC: [&str; 4] = [
    "QqOnrSKf-UdGV6gp-UlhnIvGZJGXn3J2gV1C4WiusuA",
    "csqGDuGZJKjWVwhuEkN6-rLOmqET_oNh-_JCxGAEQ7Q",
    "nuvQlztXCtULPxU5OKXP3LHqXs-ZQ-vsmQ9WhWRTHTU",
    "pzItDcmTnWBaBZp2xew_NRq_vODaKNBsK_Pd8I1Vg5E",
];

pub const RECOVERY: [&str; 4] = [
    "YYFTXEiKZJVg5_EIO9BztGP9yt05RZjEaabQiIFAROo",
    "VnMCbpJJmU8TteRwMpu2O_kTL7-P56Lz3N1xAc8VQ6g",
    "ItsTwsjyj04z-D6jDS4Valf24aRP64KqGtxf2Tpgg2U",
    "w-g12Iw_Bci7mbkAcDt5M2LUA9w1IFG7t8nP4eSamRE",
];

/// The public JWK of a key.
pub fn public([kid, x, y, _]: [&str; 4]) -> Value {
    json!({
        "kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid, "alg": "ECDH-ES+A256KW",
        "use": "enc",
    })
}

/// The private JWK of a key.
pub fn private(key: [&str; 4]) -> Value {
    let mut jwk = public(key);
    jwk["d"] = key[3].into();
    jwk
}
