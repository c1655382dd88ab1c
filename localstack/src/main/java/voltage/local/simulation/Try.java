package voltage.local.simulation;
public final class Try { 
  public static void main(String[] a) {
    long seed=Long.parseLong(a[0]); int n=Integer.parseInt(a[1]); boolean v=a.length>2 && a[2].startsWith("v"); boolean nof=a.length>2&&a[2].endsWith("0");
    long[] hits=new long[FaultKind.values().length]; long t0=System.nanoTime(); long orders=0,fills=0,sett=0,ops=0,checks=0,frames=0; int bad=0; java.util.Map<String,Integer> byRule=new java.util.TreeMap<>();
    for (long s=seed;s<seed+n;s++){ Simulation.Plan p=Simulation.Plan.of(s,30); if(nof) p=new Simulation.Plan(s,30,java.util.List.of());
      long c0=java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); SimulationResult r; try { r=new Simulation(p, v?System.out::println:null).run(); } catch (RuntimeException|AssertionError e) { System.out.println("seed "+s+" "+e); e.printStackTrace(System.out); bad++; continue; }
      if(System.getProperty("cpu")!=null) System.out.println("cpu ms "+(java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime()-c0)/1000000); for(int i=0;i<hits.length;i++) hits[i]+=r.hits()[i]; orders+=r.orders(); fills+=r.fills(); sett+=r.settlements(); ops+=r.operations(); checks+=r.checks(); frames+=r.frames();
      if(n<=5) System.out.println(s+" "+r.digest()+" orders "+r.orders()+" fills "+r.fills()+" sett "+r.settlements()+" ops "+r.operations()+" frames "+r.frames()+" deaths "+r.workerDeaths()+"/"+r.executorDeaths());
      if(r.violation()!=null){ bad++; byRule.merge(r.violation().rule().name(),1,Integer::sum); String m=r.violation().getMessage(); System.out.println("seed "+s+" "+m.substring(0,Math.min(m.length(),n<=5?4000:420))); }
    }
    double el=(System.nanoTime()-t0)/1e9; System.out.printf("%d schedules %.1f s, %.3f s each; orders %d fills %d sett %d ops %d checks %d frames %d bad %d %s%n",n,el,el/n,orders,fills,sett,ops,checks,frames,bad,byRule);
    if(n>5) for(FaultKind k:FaultKind.values()) System.out.printf("%-32s %.2f%n",k,hits[k.ordinal()]/(double)n);
  }
}
