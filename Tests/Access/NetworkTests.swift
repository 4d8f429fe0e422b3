import Access
import Glibc
import Testing

@Suite struct IPAddressTests {
  @Test(
    "an address is written as RFC 5952 demands",
    arguments: [
      ("10.1.2.3", "10.1.2.3"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("::", "::"),
      ("::1", "::1"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
      ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
      ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
      ("fe80::", "fe80::"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::ffff:10.1.2.3", "10.1.2.3"),
      ("::FFFF:0a01:0203", "10.1.2.3"), ("::10.1.2.3", "::a01:203"),
      ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ])
  func writes(text: String, canonical: String) throws {
    let address = try #require(IPAddress(text))
    #expect(address.description == canonical)
    #expect(IPAddress(canonical) == address)
  }

  @Test(
    "a text that is no address is refused",
    arguments: [
      "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04", "1..2.3", "1.2.3.4 ",
      "+1.2.3.4",
      "1.2.3.٤", "0x1.2.3.4", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
      "::1%eth0", "[::1]", "1:2:3:4:5:6:7:8::", "::1.2.3", "1.2.3.4::", "1:2:3:4:5:6:7:1.2.3.4", "::１",
    ])
  func refuses(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test("addresses are read as by inet_pton(3)")
  func agreesWithTheSystem() {
    var generator = SystemRandomNumberGenerator()
    let alphabet = Array("0011223489af::..")
    for _ in 0..<20_000 {
      let count = Int.random(in: 2...16, using: &generator)
      let text = String((0..<count).compactMap { _ in alphabet.randomElement(using: &generator) })
      var buffer = in6_addr()
      let isSix = text.contains(":")
      let isOne = inet_pton(isSix ? AF_INET6 : AF_INET, text, &buffer) == 1
      #expect((IPAddress(text) != nil) == isOne, "\(text)")
    }
  }
}

@Suite struct NetworkTests {
  @Test(
    "a network contains the addresses of its prefix and no others",
    arguments: [
      ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "1.2.3.4", true),
      ("0.0.0.0/0", "::1", false), ("::/0", "1.2.3.4", false), ("::/0", "2001:db8::1", true),
      ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false),
      ("192.0.2.8/31", "192.0.2.9", true),
      ("192.0.2.8/31", "192.0.2.10", false), ("2001:db8::/33", "2001:db8:7fff::", true),
      ("2001:db8::/33", "2001:db8:8000::", false), ("10.0.0.0/8", "::ffff:10.1.1.1", true),
      ("::ffff:10.0.0.0/104", "10.9.9.9", true),
    ])
  func contains(network: String, address: String, isIn: Bool) throws {
    #expect(try #require(Network(network)).contains(try #require(IPAddress(address))) == isIn)
  }

  @Test(
    "a text that is no network, or has bits beyond its prefix, is refused",
    arguments: [
      "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.1/8",
      "::1/64",
      "::/129", "10.0.0.0/0008", "10.0.0.0/８", "example.com/8", "::ffff:10.0.0.0/8",
    ])
  func refuses(text: String) {
    #expect(Network(text) == nil)
  }

  @Test(
    "a network is written with its prefix, and read back as the same",
    arguments: [
      ("192.0.2.7", "192.0.2.7/32"), ("10.0.0.0/8", "10.0.0.0/8"), ("2001:DB8::/32", "2001:db8::/32"),
      ("::1", "::1/128"),
    ])
  func writes(text: String, canonical: String) throws {
    let network = try #require(Network(text))
    #expect(network.description == canonical)
    #expect(Network(canonical) == network)
  }
}
