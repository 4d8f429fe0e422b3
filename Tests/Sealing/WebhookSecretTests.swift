import Access
import Foundation
import Sealing
import Testing

@Suite struct WebhookSecretTests {
  /// What the libraries of Standard Webhooks test themselves with.
  private static let known = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

  @Test("a signature is that of Standard Webhooks")
  func signature() throws {
    let secret = try #require(WebhookSecret(Self.known))
    let time = try #require(Timestamp(secondsSince1970: 1_614_265_330))
    let signature = secret.signature(
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek", time: time, body: #"{"test": 2432232314}"#)
    #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test("both of two secrets sign, so that one can replace the other")
  func two() throws {
    let other = "whsec_" + Data(repeating: 7, count: 64).base64EncodedString()
    let both = try #require(WebhookSecret(Self.known + "\n" + other + "\n"))
    let time = Timestamp.distantPast
    let expected = try [Self.known, other].map {
      try #require(WebhookSecret($0)).signature(id: "a", time: time, body: "b")
    }
    #expect(both.signature(id: "a", time: time, body: "b") == expected.joined(separator: " "))
  }

  private static func secret(_ count: Int) -> String {
    "whsec_" + Data(repeating: 1, count: count).base64EncodedString()
  }

  @Test(
    "a text that is no secret is refused",
    arguments: [
      "", "\n", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_ MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS", secret(23), secret(65), secret(24) + "\nx",
      [secret(24), secret(25), secret(26)].joined(separator: "\n"),
    ])
  func refused(_ text: String) { #expect(WebhookSecret(text) == nil) }

  @Test("a file that others may read is refused, and no part of a file is shown")
  func files() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/secret"
    #expect(throws: WebhookSecretProblem.missing(path: path)) {
      try WebhookSecret(file: path, checksRights: true)
    }
    try Data(Self.known.utf8).write(to: URL(fileURLWithPath: path))
    chmod(path, 0o640)
    #expect(throws: WebhookSecretProblem.looseRights(path: path, mode: "640")) {
      try WebhookSecret(file: path, checksRights: true)
    }
    _ = try WebhookSecret(file: path, checksRights: false)
    chmod(path, 0o600)
    _ = try WebhookSecret(file: path, checksRights: true)
    try Data("whsec_nonsense".utf8).write(to: URL(fileURLWithPath: path))
    let problem = WebhookSecretProblem.malformed(path: path)
    #expect(throws: problem) { try WebhookSecret(file: path, checksRights: true) }
    #expect(!(problem.message + (problem.hint ?? "")).contains("nonsense"))
  }
}
