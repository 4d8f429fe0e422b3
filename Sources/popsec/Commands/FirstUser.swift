import Access
import Administration
import Foundation

/// The first user of a new store: an Administrator for the person who makes the store.
struct FirstUser {
  let name: Name
  let unixAccount: UnixAccountName?
  let keys: [SSHPublicKey]

  /// Adds the user. The store was made just now, so nobody else is in it.
  func add(to administration: Administration) throws {
    try administration.change { change in
      let user = try change.addAccount(.user, name: name, unixAccount: unixAccount)
      for key in keys { try change.addPublicKey(key, to: user.id) }
      try change.saveRoles(of: .account(user.id), Edit(was: [], becomes: [.builtIn(.administrator)]))
    }
  }

  /// The Unix account that runs this command, or that used sudo; nil where it is not known.
  static func invoking() -> FirstUser? {
    let identity = UnixIdentity.making
    guard identity.isKnown, let unixAccount = UnixAccountName(identity.name),
      let name = try? Name(identity.name)
    else {
      return nil
    }
    return FirstUser(name: name, unixAccount: unixAccount, keys: [])
  }

  /// Asks at the terminal for the first user, who needs a key where they come over SSH. The result is nil at the end of
  /// input.
  static func asked(comesOverSSH: Bool = false) -> FirstUser? {
    // Somebody who makes the store as sshd's service account is not that account, and logs in with a key. Nor is
    // anybody root who comes over SSH.
    let invoking = invoking()
    let isService = invoking.map { ServiceAccount(rawValue: $0.name.text) != nil } ?? true
    let suggested = isService || comesOverSSH && invoking?.name.text == "root" ? nil : invoking
    Asking.say("the first user is Administrator: they add everybody else")
    guard let name = name(suggested), let keys = keys(needed: isService || comesOverSSH) else { return nil }
    return FirstUser(name: name, unixAccount: suggested?.unixAccount, keys: keys)
  }

  private static func name(_ suggested: FirstUser?) -> Name? {
    let offer = suggested.map { " [\($0.name.text)]" } ?? ""
    while let line = Asking.line("their name\(offer): ") {
      if line.allSatisfy(\.isWhitespace), let suggested { return suggested.name }
      do { return try Name(line) } catch { Asking.say(error.description) }
    }
    return nil
  }

  private static func keys(needed: Bool) -> [SSHPublicKey]? {
    let orNothing = needed ? "" : ", or nothing"
    Asking.say("their SSH public key: the line of a file such as ~/.ssh/id_ed25519.pub\(orNothing)")
    while let line = Asking.line("key: ") {
      if !needed, line.allSatisfy(\.isWhitespace) { return [] }
      do { return [try SSHPublicKey(line)] } catch {
        Asking.say(error.message)
        if let hint = error.hint { Asking.say("hint: " + hint) }
      }
    }
    return nil
  }
}
