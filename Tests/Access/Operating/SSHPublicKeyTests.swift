import Access
import Foundation
import Testing

@Suite struct SSHPublicKeyTests {
  private static let blob = "AAAAC3NzaC1lZDI1NTE5AAAAI" + String(repeating: "A", count: 43)
  private static let line = "ssh-ed25519 \(blob)"

  /// A key of these fields, each with its length before it (RFC 4251, section 5).
  private static func line(_ kind: String, _ fields: [UInt8]...) -> String {
    let all = [Array(kind.utf8)] + fields
    let bytes = all.flatMap { field in
      (0..<4).reversed().map { UInt8(truncatingIfNeeded: field.count >> ($0 * 8)) } + field
    }
    return kind + " " + Data(bytes).base64EncodedString()
  }

  private static func point(_ count: Int) -> [UInt8] { [4] + [UInt8](repeating: 7, count: count - 1) }
  private static func modulus(bits: Int) -> [UInt8] {
    [0, 0x80] + [UInt8](repeating: 1, count: bits / 8 - 1)
  }
  private static let bytes32 = [UInt8](repeating: 9, count: 32)

  @Test(
    "every kind that sshd takes today is read, and written as it was",
    arguments: [
      line("ssh-ed25519", bytes32), line("ssh-rsa", [1, 0, 1], modulus(bits: 2_048)),
      line("ssh-rsa", [1, 0, 1], modulus(bits: 4_096)),
      line("ecdsa-sha2-nistp256", Array("nistp256".utf8), point(65)),
      line("ecdsa-sha2-nistp384", Array("nistp384".utf8), point(97)),
      line("ecdsa-sha2-nistp521", Array("nistp521".utf8), point(133)),
      line("sk-ssh-ed25519@openssh.com", bytes32, Array("ssh:".utf8)),
      line("sk-ecdsa-sha2-nistp256@openssh.com", Array("nistp256".utf8), point(65), Array("ssh:".utf8)),
    ])
  func reads(line: String) throws {
    #expect(try SSHPublicKey(line).description == line)
    let commented = try SSHPublicKey("  \(line)  ada at home \t\n")
    #expect(commented.description == line + " ada at home")
    #expect(commented.material == line)
  }

  @Test(
    "anything else is refused for what it is, and nothing of it repeated",
    arguments: [
      ("", .empty), (" \n", .empty), ("hello", .notAKey), ("-oProxyCommand=id", .options),
      ("../../key", .notAKey),
      ("ssh-ed25519", .malformed), ("ssh-ed25519 AAAA", .malformed), ("ssh-ed25519 !!!!", .malformed),
      (line + "=", .malformed), (String(line.dropLast()), .malformed), (line + "AAAA", .malformed),
      ("ssh-rsa \(blob)", .malformed), ("restrict " + line, .options), ("command=\"sh\" " + line, .options),
      ("command=\"sh\",no-pty " + line, .options), ("cert-authority " + line, .options),
      ("environment=\"LD_PRELOAD=/tmp/x\" \(line)", .options), ("from=\"*\" " + line, .options),
      (line + "\n" + line, .severalLines), (line + " a\rb", .severalLines),
      (line + " a\u{1B}[2Jb", .badComment),
      (line + " " + String(repeating: "x", count: 201), .badComment),
      ("-----BEGIN OPENSSH PRIVATE KEY-----", .privateKey), ("ssh-dss AAAA", .kindNotTaken),
      (line("ssh-rsa", [1, 0, 1], modulus(bits: 1_024)), .weak),
      (line("ecdsa-sha2-nistp256", Array("nistp384".utf8), point(65)), .malformed),
      (line("ecdsa-sha2-nistp256", Array("nistp256".utf8), [2] + bytes32), .malformed),
      (line("ssh-ed25519", bytes32 + [1]), .malformed), (line("ssh-ed25519", bytes32, []), .malformed),
      (line + String(repeating: " ", count: 17_000) + "x", .tooLong),
      (line + " pst_SECRETSECRETSECRETSECRETSECRETSECRET12", .tokenID),
      ("pst_SECRETSECRETSECRETSECRETSECRETSECRET12", .tokenID),
    ] as [(String, SSHPublicKeyProblem)])
  func refuses(line: String, problem: SSHPublicKeyProblem) {
    #expect(throws: problem) { try SSHPublicKey(line) }
    #expect(!problem.message.contains("SECRET") && !(problem.hint ?? "").contains("SECRET"))
  }
}
