import Access
import Foundation

/// Checks whether users can log in over SSH: the accounts, the program, sshd.
struct SSHChecks {
  let location: StoreLocation

  var all: [HealthCheck] { foundations + sshd }

  /// The checks of what must exist before sshd is configured.
  var foundations: [HealthCheck] { accounts + program + store }

  private var accounts: [HealthCheck] {
    ServiceAccount.allCases.map { ServiceAccountCheck(service: $0, location: location).check }
  }

  /// The program. sshd starts only a program that nobody but root can change.
  private var program: [HealthCheck] {
    guard InstalledProgram.isPlain else {
      return [
        .bad(
          "program", "\(InstalledProgram.path) has characters that sshd or a shell would read",
          "install it as /usr/bin/popsec")
      ]
    }
    var path = InstalledProgram.path
    while true {
      var status = stat()
      if stat(path, &status) != 0 || status.st_uid != 0 || status.st_mode & 0o022 != 0 {
        return [
          .bad(
            "program", "\(path) could be changed by others than root, so that sshd would not start it",
            "install --owner root --mode 755 \(InstalledProgram.path) /usr/bin/popsec, and run that")
        ]
      }
      if path == "/" { break }
      path = (path as NSString).deletingLastPathComponent
    }
    return [.good("program", "\(InstalledProgram.path) is root's alone")]
  }

  private var store: [HealthCheck] {
    guard !location.isInDatabase else { return DatabaseFrontDoor(location: location).all }
    let owner = getpwnam(ServiceAccount.owner.rawValue)?.pointee.pw_uid
    let share = "popsec store share --group popsec --owner popsec, as root"
    guard access(location.text + "/popsec.db", F_OK) == 0 || errno == EACCES else {
      return [
        .bad(
          "store over SSH", "\(location.text) holds no store",
          "export POPSEC_STORE=/var/lib/popsec; install -d -o popsec -g popsec -m 0700 $POPSEC_STORE; "
            + "runuser -u popsec -- popsec init --group popsec")
      ]
    }
    guard owner != nil, Engine.owner(location) == owner else {
      return [.bad("store over SSH", "\(location.text) is not owned by popsec", share)]
    }
    var checks: [HealthCheck] = [.good("store over SSH", "\(location.text) is owned by popsec")]
    if Engine.sharingGroup(location) == getgrnam(ServiceAccount.owner.rawValue)?.pointee.gr_gid {
      checks.append(.good("store's group", "popsec-support can use it, by its group"))
    } else {
      checks.append(
        .bad(
          "store's group", "the store is not for the group popsec, so that popsec-support can't use it", share
        ))
    }
    return checks
  }

  private var sshd: [HealthCheck] {
    guard let owner = SSHDConfiguration.effective(for: ServiceAccount.owner.rawValue),
      let support = SSHDConfiguration.effective(for: ServiceAccount.support.rawValue),
      let other = SSHDConfiguration.effective(for: "root")
    else {
      return [
        .note("sshd", "could not be asked for its configuration", "run this as root, with sshd installed")
      ]
    }
    let configuration = SSHDConfiguration(location)
    guard owner["authorizedkeyscommand"] != ["none"] else {
      return [.bad("sshd", "does not ask popsec who may come in", "popsec ssh setup --write, as root")]
    }
    let problems = configuration.problems(of: owner) + configuration.problems(of: support)
    guard problems.isEmpty else {
      return Set(problems).sorted().map { .bad("sshd", $0, "popsec ssh setup --write") }
    }
    let refused = configuration.accountsKeptOut(by: owner)
    guard refused.isEmpty else {
      return refused.map {
        .bad("sshd", "\($0) keeps popsec's accounts out", "add popsec and popsec-support to it")
      }
    }
    guard other["authorizedkeyscommand"] != owner["authorizedkeyscommand"] else {
      return [
        .bad("sshd", "asks popsec about every account", "it belongs below Match User popsec,popsec-support")
      ]
    }
    return [.good("sshd", "asks popsec about popsec and popsec-support, and about nobody else"), trial]
  }

  /// Runs the command as popsec, in the way in which sshd runs it when somebody presents a key.
  private var trial: HealthCheck {
    let owner = ServiceAccount.owner.rawValue
    let (status, text) = SystemProgram.run(SSHDConfiguration(location).asking + [owner], as: owner)
    guard status == 0 else {
      return .bad("keys", "sshd can't ask for them: \(text.prefix(300))", "popsec doctor, as popsec")
    }
    let count = text.split(separator: "\n").count { $0.hasPrefix("restrict,pty,command=") }
    return count > 0
      ? .good("keys", count == 1 ? "one key may come in as popsec" : "\(count) keys may come in as popsec")
      : .note("keys", "nobody may come in as popsec yet", "popsec user key add NAME --key-file FILE.pub")
  }
}
