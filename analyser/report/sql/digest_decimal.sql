regexp_replace(CAST($cell AS VARCHAR), '\.0*$$|(\.\d*[1-9])0+$$', '\1')
