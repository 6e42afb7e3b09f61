/* Hosts whose pages are no reports, beside the outlets of seeds/outlets.csv that are satire, forums, press releases or reference works.

   grain   host
   inputs
   columns
     host  varchar  domain without www; it stands for its subdomains too
     kind  varchar  satire, collection (of links), blog, or press release
   source  seeds/gate_hosts.csv
*/
select
    host,
    kind
from read_csv(getvariable('seeds') || '/gate_hosts.csv', header = true, all_varchar = true)
