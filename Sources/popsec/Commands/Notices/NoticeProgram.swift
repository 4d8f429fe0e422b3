import Access
import Administration
import Foundation
import Sealing
import Store

/// The program to which events are handed.
struct NoticeProgram {
  private let path: String
  private let arguments: [String]
  private let secret: WebhookSecret?
  private let seconds: Int
  private let environment: [String: String]

  /// Errors: ``Trouble`` where the file is no program, or where others could change it;
  /// ``WebhookSecretProblem``.
  init(
    _ path: String, _ arguments: [String], secretFile: String?, seconds: Int, _ environment: [String: String]
  ) throws {
    try Self.check(path)
    (self.path, self.arguments, self.seconds) = (path, arguments, seconds)
    secret = try secretFile.map { file in
      let folder = (file as NSString).deletingLastPathComponent
      // systemd guards its credentials by their folder, not by their mode (systemd.exec(5)).
      let isCredential = environment.filled("CREDENTIALS_DIRECTORY") == folder
      return try WebhookSecret(file: file, checksRights: !isCredential)
    }
    self.environment = Self.plainEnvironment(environment)
  }

  /// The environment of the program. It does not tell where the store and its keys are, and names none of
  /// systemd's secrets.
  private static func plainEnvironment(_ environment: [String: String]) -> [String: String] {
    var plain = ["PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"]
    for name in ["HOME", "TZ"] { plain[name] = environment.filled(name) }
    return plain
  }

  /// Checks that nobody else may change the program, because it runs as this account.
  private static func check(_ path: String) throws(Trouble) {
    guard path.hasPrefix("/") else {
      throw Trouble(
        "\(quotedExcerpt(path)) is no path from the root on",
        hint: "name the program as /usr/local/bin/notify", exitStatus: .usage)
    }
    var status = Foundation.stat()
    guard stat(path, &status) == 0 else {
      throw Trouble(
        "\(excerpt(path)) can't be run: \(systemReason(errno))", hint: "name a program that is there",
        exitStatus: .noInput)
    }
    guard status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 else {
      throw Trouble(
        "\(excerpt(path)) is no program that this account may run", hint: "chmod 0755 makes it one",
        exitStatus: .notPermitted)
    }
    guard status.st_uid == 0 || status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
      throw Trouble(
        "others may change \(excerpt(path)), which would run as this account",
        hint: "have it belong to root or this account, with mode 0755", exitStatus: .notPermitted)
    }
  }

  /// Hands an event to the program.
  /// - Parameter body: the CloudEvent.
  func deliver(_ body: String, id: String, _ event: NoticeEvent, at now: Timestamp) -> NoticeReceipt {
    var variables = environment
    variables["WEBHOOK_ID"] = id
    variables["WEBHOOK_TIMESTAMP"] = String(now.secondsSince1970)
    variables["WEBHOOK_SIGNATURE"] = secret?.signature(id: id, time: now, body: body)
    variables["NOTICE_TYPE"] = NoticeCondition.eventType(of: event.condition)
    // The text is made one line of harmless characters, because programs put it into terminals and headers.
    variables["NOTICE_TEXT"] = harmless(event.words)
    let program = BoundedProgram(
      path: path, arguments: arguments, environment: variables, seconds: seconds)
    let (end, output) = program.run(input: body)
    return Self.receipt(end, output, seconds: seconds)
  }

  /// The meaning of the program's end. Only EX_DATAERR (sysexits.h) says that trying again is of no use,
  /// because anything else may be mended.
  static func receipt(_ end: BoundedProgram.End, _ output: String, seconds: Int) -> NoticeReceipt {
    switch end {
    case .exited(0): .delivered
    case .exited(ExitStatus.badData.rawValue): .refused(said("the program ended with 65", output))
    case .exited(let status): .failed(said("the program ended with \(status)", output))
    case .signalled(let signal): .failed(said("signal \(signal) ended the program", output))
    case .timedOut: .failed(said("the program took more than \(seconds) seconds, and was killed", output))
    case .notStarted(let reason): .failed("the program could not be started: \(reason)")
    }
  }

  /// The reason, followed by the last line that the program printed. A Token ID in this line could only come
  /// from elsewhere, and is not repeated.
  private static func said(_ what: String, _ output: String) -> String {
    guard let line = output.split(whereSeparator: \.isNewline).last else { return what }
    return "\(what): \(String(harmless(excerpt(String(line)))))"
  }
}
