/* A share with Wilson's interval, per hundred: wilson(38, 101, kappa).rate, .low and .high, with the kappa of staging.method; NULL of none.

   It stays between 0 and 100, and has a width where all or none are counted, as that of plus and minus two standard errors has not.

   parameters  for_counted, for_all, for_kappa
   gives  value
   source  Wilson 1927
*/
select
    case
        when for_all > 0
            then
                {
                    'rate': 1e2 * for_counted / for_all,
                    'low': 1e2 * (for_counted + for_kappa / 2e0 - sqrt(for_kappa * (for_counted * (1e0 - for_counted / for_all) + for_kappa / 4e0)))
                    / (for_all + for_kappa),
                    'high': 1e2 * (for_counted + for_kappa / 2e0 + sqrt(for_kappa * (for_counted * (1e0 - for_counted / for_all) + for_kappa / 4e0)))
                    / (for_all + for_kappa)
                }
    end
