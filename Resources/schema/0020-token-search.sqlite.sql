-- What of migration 20 only SQLite understands: popsec_folded is popsec's own function, which folds a name as it is
-- searched. Only names that are not ASCII can differ.
UPDATE token SET search_key = nullif(popsec_folded(name), name_key) WHERE name_key GLOB '*[^ -~]*';
