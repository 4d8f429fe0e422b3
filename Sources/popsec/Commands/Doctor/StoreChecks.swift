import Access
import Administration
import Foundation
import SQLiteStore
import Sealing
import Store

/// Checks the store, its keys and its audit log.
struct StoreChecks {
  let location: StoreLocation
  /// Whether the audit log is verified, too, which takes long where the log is.
  var verifiesAudit = true

  var all: [HealthCheck] {
    do {
      let records = (try? location.folder).map { SQLiteUseRecords(StoreFolder(path: $0)) }
      let administration = try location.open(uses: records)
      var checks: [HealthCheck] = [.good("store", "\(location.text) opens, and is of this version")]
      checks += keys(administration) + gateKeys(administration) + contents(administration)
      checks += checked("laws") { try LawChecks(administration).all }
      if verifiesAudit { checks += audit(administration) }
      checks += KeepingChecks(records: records, administration: administration).all + clock(administration)
      return checks + databaseRoles + upkeep + [systemLog]
    } catch StoreError.notAllowed(let path, let action) {
      // Rights too few are told by the roles.
      let error = StoreError.notAllowed(path: path, action: action)
      return [.bad("store", error.message, error.hint)] + databaseRoles
    } catch let error as any Complaint {
      return [.bad("store", error.message, error.hint)]
    } catch {
      return [.bad("store", "can't be opened", nil)]
    }
  }

  /// The keys. Their modes and owners were checked when the store was opened.
  private func keys(_ administration: Administration) -> [HealthCheck] {
    var checks = checked("lookup key") {
      if let trouble = try administration.keyTrouble() {
        return [.bad("lookup key", trouble.message ?? "", trouble.hint)]
      }
      return [.good("lookup key", "is the store's, and nobody's who should not have it")]
    }
    checks += checked("seal key") {
      if let problem = administration.sealProblem {
        return [.note("seal key", problem.message, problem.hint)]
      }
      if let key = try administration.unknownSealKey() {
        return [
          .bad(
            "seal key", "is another store's: this store's Token IDs are sealed under \(key.rawValue)",
            "name the folder with the store's keys with --keys or POPSEC_KEYS")
        ]
      }
      return [.good("seal key", "is the store's")]
    }
    if administration.canSignAudit {
      checks.append(.good("signing key", administration.auditKeyID ?? ""))
    } else if administration.auditKeyID != nil {
      checks.append(.note("signing key", "is not this account's: signatures are checked, not made"))
    } else {
      checks.append(
        .bad(
          "signing key", "is missing: the audit log is not signed", "popsec audit sign, as the store's owner")
      )
    }
    checks += checked("key rotation") {
      try administration.keyRotations(location.trustedKeys).map { kind, stage in
        .note(
          "\(kind.rawValue) key", stage.text ?? "",
          "popsec key rotate \(kind.rawValue) goes on with it; tokens work meanwhile")
      }
    }
    checks.append(decoys)
    if location.keyPlace == .inStore {
      checks.append(.note("keys", "lie in the store's folder", "keep a copy apart from the store's backups"))
    }
    return checks
  }

  /// Whether the decoys can be read. Which ones they are is not told.
  private var decoys: HealthCheck {
    do {
      let count = try location.trustedKeys.decoys().decoys.count
      return count == 0
        ? .note("decoys", "there are none", "popsec token decoy makes one")
        : .good(
          "decoys", "can be read; there \(count == 1 ? "is 1" : "are \(count)"); \(InitCommand.keepingDecoys)"
        )
    } catch DecoyTrouble.missing(let path) {
      let trouble = DecoyTrouble.missing(path: path)
      return .note("decoys", "\(trouble.message): none is recognized", trouble.hint)
    } catch {
      return .bad(
        "decoys", "\(error.message): gates recognize those that they know until they end", error.hint)
    }
  }

  private func gateKeys(_ administration: Administration) -> [HealthCheck] {
    checked("gate keys") {
      try GateKeyChecks(administration, environment: Caller.current.environment).all
    }
  }

  private func contents(_ administration: Administration) -> [HealthCheck] {
    checked("contents") {
      let bar = ProgressBar("looking through the store")
      defer { bar.finish() }
      let problems = try administration.inspect()
      bar.finish()
      var checks: [HealthCheck] =
        switch problems.damages {
        case nil:
          [
            .note(
              "database", "can't be compared with popsec's schema by this login, which may not make one",
              "popsec doctor as the role that made the store")
          ]
        case []?: [.good("database", "is intact, and its references lead somewhere")]
        case let damages?: damages.map { .bad("database", $0, "restore a backup") }
        }
      checks.append(
        problems.hasAdministrator
          ? .good("administrator", "there is an enabled one")
          : .bad(
            "administrator", "no enabled user is Administrator",
            "popsec user add NAME --role Administrator --unix ACCOUNT"))
      checks.append(
        problems.danglingGrants == 0
          ? .good("grants", "none names what left the catalogue")
          : .note(
            "grants", "\(problems.danglingGrants) name what left the catalogue",
            "they give nothing of it, and come back with it; the editors of their owners show them"))
      checks += problems.shadowedRoles.map {
        HealthCheck.bad(
          "roles",
          "your role \(quoted($0.text)) has the name of a built-in role, which the name means everywhere",
          "popsec role rename \($0.text) NEW")
      }
      checks += problems.unreadableKeys.map {
        HealthCheck.bad(
          "SSH keys", "a key of \(quoted($0.text)) can't be read, so that it lets nobody in",
          "popsec user key list \($0.text)")
      }
      return checks
    }
  }

  private func audit(_ administration: Administration) -> [HealthCheck] {
    checked("audit log") {
      let bar = ProgressBar("verifying the audit log")
      defer { bar.finish() }
      let found = try administration.verifyAudit { bar.tell($0, of: nil) }
      bar.finish()
      let times = AuditTimeChecks(found.times).all
      if found.isWhole {
        return [.good("audit log", "\(found.rowCount) rows, whole, signed up to \(found.signedUpTo ?? 0)")]
          + times
      }
      return found.findings.map {
        .bad("audit log", $0.text, "popsec audit verify; compare it with a backup")
      } + times
    }
  }

  private func clock(_ administration: Administration) -> [HealthCheck] {
    checked("clock") {
      let last = try administration.audit(AuditQuery(), .first, limit: 1).rows.first
      return [AuditTimeChecks.clock(now: administration.now, lastRow: last?.at)]
    }
  }

  private var databaseRoles: [HealthCheck] {
    checked(DatabaseRoleChecks.subject) {
      try Engine.rights(location).map { DatabaseRoleChecks(rights: $0).all } ?? []
    }
  }

  private var upkeep: [HealthCheck] {
    // A database's room is its server's.
    guard case .folder = location.place else { return [] }
    return checked("room") {
      let (removed, hasReserve) = try Engine.tend(location, now: Surroundings.system.now())
      return removed.map { .note("leftover", "removed \($0), which a command that was interrupted had left") }
        + [
          hasReserve
            ? .good("room", "is kept so that access can be taken away on a full disk")
            : .note(
              "room", "none is kept for taking access away on a full disk",
              "make room where the store is; the next change, or popsec doctor, keeps some of it")
        ]
    }
  }

  private var systemLog: HealthCheck {
    SystemLog.isThere
      ? .good("system log", "takes the ends of the audit log")
      : .note(
        "system log",
        "nothing listens at \(SystemLog.path): the ends of the audit log are kept in the store alone",
        "install one, and have it send to another machine")
  }

  private func checked(_ subject: String, _ body: () throws -> [HealthCheck]) -> [HealthCheck] {
    do { return try body() } catch let error as any Complaint {
      return [.bad(subject, error.message, error.hint)]
    } catch { return [.bad(subject, "can't be read", nil)] }
  }
}
