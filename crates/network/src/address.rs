//! Addresses nobody but the user may lead us to (IANA special-purpose registries; cloud metadata services lie among
//! the link-local ones).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether an address is one of the public network.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast();
    let shared = first == 100 && (64..128).contains(&second);
    let protocol = first == 192 && second == 0 && third == 0;
    let benchmark = first == 198 && (second == 18 || second == 19);
    !(special || shared || protocol || benchmark || first == 0 || first >= 240)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // One that carries an address of version 4 is as public as that: mapped, compatible, NAT64, 6to4.
    let segments = address.segments();
    let [.., a, b, c, d] = address.octets();
    let low = Ipv4Addr::new(a, b, c, d);
    let carried = match segments {
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(low),
        [0x2002, high, next, ..] => {
            let [a, b] = high.to_be_bytes();
            let [c, d] = next.to_be_bytes();
            Some(Ipv4Addr::new(a, b, c, d))
        }
        _ => None,
    };
    // Of all others only 2000::/3 is given out, without its documentation and Teredo blocks.
    let global = segments[0] & 0xe000 == 0x2000 && !(segments[0] == 0x2001 && matches!(segments[1], 0 | 0xdb8));
    carried.map_or(global, is_public_v4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_the_user_may_name() {
        for text in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.192",
            "198.18.0.1",
            "::",
            "::1",
            "fe80::1",
            "fd00:ec2::254",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(!is_public(text.parse().expect("an address")), "{text}");
        }
        for text in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1"] {
            assert!(is_public(text.parse().expect("an address")), "{text}");
        }
    }
}
